import CSISPlugin
import WorkerProtocol

/// The sink that a provider meets in a worker: it writes every call down, and checks nothing. `SinkReplay`
/// makes the same calls on the host's sink, which does.
///
/// It is confined to the worker's one thread.
package final class SinkRecorder {
  /// A frame is sent when this much was written.
  static let frameBytes = 1 << 20
  private static let head = FrameHeader.byteCount + ReplyHead.byteCount

  /// What a provider is given.
  package let table: UnsafeMutablePointer<sis_sink>
  private let send: (UnsafeRawBufferPointer) -> Void
  // One thread, and no call of the provider within a call of the sink: nothing to check at run time.
  @exclusivity(unchecked) private var buffer = CallBuffer(capacity: 256 << 10)
  private var call: UInt32 = 0
  private var isOpen = false

  /// - Parameter send: takes a whole frame, which it may use until it returns.
  package init(send: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.send = send
    table = .allocate(capacity: 1)
    makeTable()
  }

  deinit { table.deallocate() }

  /// Begins to write down the calls of the sink in call `number`.
  package func begin(call number: UInt32) {
    call = number
    isOpen = true
    buffer.begin(reserved: Self.head, most: 2 * Self.frameBytes)
  }

  /// Sends the reply.
  package func end(_ reply: ReplyHead) {
    isOpen = false
    let length = buffer.count - FrameHeader.byteCount
    buffer.write(FrameHeader(.reply, call: call, length: length).bytes + reply.bytes, at: 0)
    send(buffer.bytes(from: 0))
  }

  /// Sends what was written where it is much: memory stays bounded, and the host is at work meanwhile.
  private func flush() {
    guard buffer.count >= Self.frameBytes else { return }
    let start = Self.head - FrameHeader.byteCount
    buffer.write(FrameHeader(.emitted, call: call, length: buffer.count - Self.head).bytes, at: start)
    send(buffer.bytes(from: start))
    buffer.begin(reserved: Self.head, most: 2 * Self.frameBytes)
  }

  /// Writes one call down.
  func note(_ kind: SinkCall, _ write: (inout CallBuffer) -> Void) -> sis_status {
    guard isOpen else { return SIS_E_REFUSED }
    flush()
    buffer.put(kind.rawValue)
    write(&buffer)
    return SIS_OK
  }

  /// The one that is called a million times: no allocation, one look at the room for all words.
  func record(_ kind: UInt32, _ fields: UnsafePointer<sis_field>?, _ count: Int) -> sis_status {
    guard isOpen else { return SIS_E_REFUSED }
    flush()
    buffer.reserve(20)
    buffer.putReserved(SinkCall.record.rawValue)
    buffer.putReserved(kind)
    buffer.put(length: count, hasAddress: fields != nil)
    guard let fields, (0...SinkBounds.fields).contains(count) else { return SIS_OK }
    buffer.put(fields: UnsafeBufferPointer(start: fields, count: count))
    return SIS_OK
  }
}

extension CallBuffer {
  mutating func put(length: Int, hasAddress: Bool) {
    put(UInt64(bitPattern: Int64(length)))
    put(hasAddress ? UInt32(0) : 1)
  }

  mutating func put(fields: UnsafeBufferPointer<sis_field>) {
    var most = fields.count * SinkCall.fieldWords
    for field in fields {
      most += Self.present(Self.length(field.name, most: SinkBounds.nameBytes), most: SinkBounds.nameBytes)
      most += Self.present(Self.valueLength(field), most: SinkBounds.valueBytes)
    }
    reserve(most)
    var words = count
    skipReserved(fields.count * SinkCall.fieldWords)
    for field in fields {
      let name = Self.length(field.name, most: SinkBounds.nameBytes)
      let value = Self.valueLength(field)
      write((field.id, field.group, name, value), at: words)
      words += SinkCall.fieldWords
      if name != 0 { putReserved(field.name.ptr, Self.present(name, most: SinkBounds.nameBytes)) }
      putReserved(field.value.ptr, Self.present(value, most: SinkBounds.valueBytes))
    }
  }

  /// Of an id that is too long the first 255 bytes are told to the clerk.
  @inline(__always) private static func valueLength(_ field: sis_field) -> UInt32 {
    let length = length(field.value, most: SinkBounds.valueBytes)
    return field.id == SIS_F_SOURCED_ID && length > 256 && length <= SinkBounds.valueBytes + 1 ? 256 : length
  }

  /// How many bytes follow for a length in a field's words.
  @inline(__always) private static func present(_ length: UInt32, most: Int) -> Int {
    length <= most ? Int(length) : 0
  }

  @inline(__always) private static func length(_ bytes: sis_bytes, most: Int) -> UInt32 {
    if bytes.len == 0 { return 0 }
    if bytes.ptr == nil { return SinkCall.noFieldAddress }
    if bytes.len < 0 { return SinkCall.beyondMemory }
    return bytes.len <= most ? UInt32(bytes.len) : UInt32(most + 1)
  }

  /// Bytes that the host checks for their length.
  mutating func put(_ bytes: sis_bytes, most: Int = SinkBounds.textBytes) {
    put(length: bytes.len, hasAddress: bytes.ptr != nil)
    guard bytes.ptr != nil, (0...most).contains(bytes.len) else { return }
    reserve(bytes.len)
    putReserved(bytes.ptr, bytes.len)
  }

  /// A message, of which the host takes the beginning.
  mutating func put(message bytes: sis_bytes) {
    put(sis_bytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).prefix(1_024))))
  }
}
