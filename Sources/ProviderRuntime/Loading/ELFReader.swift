import HostModel

/// Checked reads of a file's little-endian numbers: nil outside of the file.
struct ELFReader {
  let bytes: UnsafeRawBufferPointer
  /// For messages.
  let path: String

  func holds(_ offset: Int, _ size: Int) -> Bool {
    offset >= 0 && size >= 0 && offset <= bytes.count && size <= bytes.count - offset
  }

  func u8(_ at: Int) -> UInt8? { holds(at, 1) ? bytes[at] : nil }

  func u16(_ at: Int) -> UInt16? {
    holds(at, 2) ? UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self)) : nil
  }

  func u32(_ at: Int) -> UInt32? {
    holds(at, 4) ? UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)) : nil
  }

  func u64(_ at: Int) -> UInt64? {
    holds(at, 8) ? UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) : nil
  }

  /// A 64-bit number that is an offset, a size or an address.
  func int(_ at: Int) -> Int? { u64(at).flatMap(Self.int) }

  /// User space ends below 2^48: what is larger is no address, and sums of what is smaller cannot overflow.
  static func int(_ value: UInt64) -> Int? { value < 1 << 48 ? Int(value) : nil }

  /// A NUL-terminated name of at most 4 KiB.
  func string(_ at: Int) -> String? {
    guard at >= 0, at < bytes.count else { return nil }
    let tail = bytes[at..<min(bytes.count, at + 4_096)]
    guard let end = tail.firstIndex(of: 0) else { return nil }
    return String(decoding: tail[at..<end], as: UTF8.self)
  }

  func refusal(_ code: String, _ found: String, advice: String) -> HostError {
    ProviderRefusal.error(code, path, found, advice: advice)
  }

  var cut: HostError {
    refusal(
      "provider-truncated", "is cut short or damaged: a table lies outside of its \(bytes.count) bytes",
      advice: "Copy the file again, and compare its SHA-256 with the vendor's")
  }

  /// For a file in which two tables tell different stories: which of them counts is not left to chance.
  func contradiction(_ found: String) -> HostError {
    refusal(
      "provider-contradicts", "contradicts itself: \(found)",
      advice: "Build it anew with an ordinary linker; no tool leaves a file like this")
  }
}
