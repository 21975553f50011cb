import CZlib

/// Inflates a body as it arrives, within a bound, and knows whether the stream came to its own end.
///
/// libcurl 7.88 takes a gzip body that was cut short for a whole one, and its size limit does not see a bomb
/// (docs/decisions/0003-openssl-zlib.md): so the host inflates by itself.
struct Inflater: ~Copyable {
  enum Failure: Error, Equatable {
    case undecodable(String)
    case tooLarge
  }

  private let stream: UnsafeMutablePointer<z_stream>
  /// Where zlib writes, before it is appended: growing the body by zeros first costs more than this copy.
  private let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
  private let limit: Int
  private(set) var isAtEnd = false

  /// - Parameter encoding: the value of `Content-Encoding`; nil for one that this host did not ask for.
  init?(encoding: String, limit: Int) {
    // 16 + 15: a gzip wrapper (RFC 1952), the largest window. Plain 15: the zlib wrapper that "deflate" means (RFC 9110
    // section 8.4.1.2).
    let window: CInt
    switch encoding.lowercased() {
    case "gzip", "x-gzip": window = 31
    case "deflate": window = 15
    default: return nil
    }
    let raw = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    raw.initialize(to: z_stream())
    guard inflateInit2_(raw, window, zlibVersion(), CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
      raw.deallocate()
      scratch.deallocate()
      return nil
    }
    stream = raw
    self.limit = limit
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    scratch.deallocate()
  }

  /// Inflates a piece and appends what comes out.
  mutating func feed(_ piece: UnsafeRawBufferPointer, to body: inout [UInt8]) throws(Failure) {
    guard !piece.isEmpty else { return }
    // zlib does not write to its input, whatever its type says.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.bindMemory(to: Bytef.self).baseAddress)
    stream.pointee.avail_in = uInt(piece.count)
    while stream.pointee.avail_in > 0 {
      if isAtEnd {
        // Members may follow one another (RFC 1952 section 2.2), also in a later piece; nothing else may.
        guard inflateReset(stream) == Z_OK else { throw .undecodable("the compressed stream cannot go on") }
        isAtEnd = false
      }
      let room = min(scratch.count, limit - body.count + 1)
      stream.pointee.next_out = scratch.baseAddress
      stream.pointee.avail_out = uInt(room)
      let status = inflate(stream, Z_NO_FLUSH)
      body.append(contentsOf: scratch[..<(room - Int(stream.pointee.avail_out))])
      guard body.count <= limit else { throw .tooLarge }
      switch status {
      case Z_OK, Z_BUF_ERROR: if stream.pointee.avail_out > 0, stream.pointee.avail_in > 0 { throw .undecodable("the compressed stream stalls") }
      case Z_STREAM_END: isAtEnd = true
      default:
        throw .undecodable(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
      }
    }
  }
}
