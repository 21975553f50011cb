import CZlib

/// gzip at the fastest level: a server saves its own time first.
final class Gzip {
  private let stream: UnsafeMutablePointer<z_stream>
  let out = ByteBuffer(capacity: 1 << 16)

  /// nil where zlib has no memory.
  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard homeroom_deflate_init(stream, 1, 31) == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// The whole body in one member, in `out`. False if zlib refuses.
  func compress(_ body: ByteBuffer) -> Bool {
    out.clear()
    guard deflateReset(stream) == Z_OK else { return false }
    let bound = Int(deflateBound(stream, UInt(body.count))) + 64
    guard let input = UInt32(exactly: body.count), let room = UInt32(exactly: bound) else { return false }
    stream.pointee.next_in = body.bytes
    stream.pointee.avail_in = input
    stream.pointee.next_out = out.room(bound)
    stream.pointee.avail_out = room
    guard deflate(stream, Z_FINISH) == Z_STREAM_END else { return false }
    out.advance(bound - Int(stream.pointee.avail_out))
    return true
  }
}
