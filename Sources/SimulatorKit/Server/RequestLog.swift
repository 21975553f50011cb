import Glibc

/// One JSON line a request, written whole with one `write`, so that lines never mix and none is lost by a crash.
package final class RequestLog: @unchecked Sendable {  // the buffer is behind the lock
  private let lock = Lock()
  private let descriptor: Int32
  private let line = ByteBuffer(capacity: 512)

  /// Appends to the file. nil where it cannot be opened: `errno` says why.
  package init?(path: String) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  struct Entry {
    var method: String
    var target: String
    var status: Int
    var bytes: Int
    var token: String
    var inFlight: Int
    var milliseconds: Int
    var fault: String?
  }

  func write(_ entry: Entry) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    lock.withLock {
      line.clear()
      line.append("{\"time\":")
      line.append(now.tv_sec)
      line.append(UInt8(ascii: "."))
      line.append(padded: now.tv_nsec / 1_000_000, width: 3)
      line.append(",\"method\":")
      JSONText.write(entry.method, to: line)
      line.append(",\"target\":")
      JSONText.write(entry.target, to: line)
      line.append(",\"status\":")
      line.append(entry.status)
      line.append(",\"bytes\":")
      line.append(entry.bytes)
      line.append(",\"ms\":")
      line.append(entry.milliseconds)
      line.append(",\"token\":")
      JSONText.write(entry.token, to: line)
      line.append(",\"inFlight\":")
      line.append(entry.inFlight)
      if let fault = entry.fault {
        line.append(",\"fault\":")
        JSONText.write(fault, to: line)
      }
      line.append("}\n")
      _ = Glibc.write(descriptor, line.bytes, line.count)
    }
  }
}
