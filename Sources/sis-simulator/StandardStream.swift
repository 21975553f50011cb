import Glibc

/// stdout and stderr by their numbers, unbuffered: what was said is out before the next thing happens.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// False if the other side is gone or the disk is full.
  @discardableResult
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var done = 0
    while let start = bytes.baseAddress, done < bytes.count {
      let wrote = Glibc.write(rawValue, start + done, bytes.count - done)
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { return false }
      done += wrote
    }
    return true
  }

  @discardableResult
  func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }
}
