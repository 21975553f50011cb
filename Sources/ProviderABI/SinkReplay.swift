import CSISPlugin
import WorkerProtocol

/// Makes the calls that a `SinkRecorder` wrote down on another sink. The frame comes from a worker: every
/// number in it is checked to lie in the frame before it is used; what the values mean is for the sink to
/// judge.
package final class SinkReplay {
  private(set) var fields: UnsafeMutableBufferPointer<sis_field>
  /// What stands for a value or a name that is too long: its length is told, and as many bytes can be read.
  private let filler: UnsafeRawBufferPointer

  package init() {
    fields = .allocate(capacity: 64)
    let zeros = UnsafeMutableRawBufferPointer.allocate(byteCount: SinkBounds.valueBytes + 1, alignment: 1)
    zeros.initializeMemory(as: UInt8.self, repeating: 0)
    filler = UnsafeRawBufferPointer(zeros)
  }

  deinit {
    fields.deallocate()
    filler.deallocate()
  }

  /// - Parameters:
  ///   - payload: a frame's, the calls standing from `offset` on. The sink may use it until it returns.
  ///   - sink: told what is left of a struct: sizes and values as they were.
  /// - Throws: what is not a call of the sink.
  package func perform(
    _ payload: UnsafeRawBufferPointer, from offset: Int, on sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    var reader = WireReader(RawSpan(_unsafeBytes: payload), of: "reply")
    _ = try reader.range(offset)
    while !reader.isAtEnd {
      let number = try reader.u32()
      guard let call = SinkCall(rawValue: number) else {
        throw WireError("it sent a call \(number) of the sink, which there is not")
      }
      switch call {
      case .record: try record(&reader, payload, sink)
      case .request: try request(&reader, payload, sink)
      case .reject: try reject(&reader, payload, sink)
      case .cursor: try cursor(&reader, payload, sink)
      case .end: try end(&reader, payload, sink)
      case .note:
        let level = try reader.u32()
        sink.pointee.note(sink, level, try bytes(&reader, payload))
      case .error: try error(&reader, payload, sink)
      }
    }
  }

  // MARK: - Values

  func bytes(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, most: Int = SinkBounds.textBytes
  ) throws(WireError) -> sis_bytes {
    let (length, follows, isNull) = try length(&reader, most: most)
    // The sink refuses what does not follow by its length alone.
    guard follows else { return sis_bytes(ptr: isNull ? nil : filler.baseAddress, len: length) }
    let place = try reader.range(length)
    return sis_bytes(ptr: payload.baseAddress.map { $0 + place.lowerBound }, len: length)
  }

  /// The length of bytes or of a list, whether they follow, and whether they have no address.
  func length(
    _ reader: inout WireReader, most: Int
  ) throws(WireError) -> (count: Int, follows: Bool, isNull: Bool) {
    let count = Int(try reader.i64())
    let isNull = try reader.u32() != 0
    return (count, !isNull && (0...most).contains(count), isNull)
  }

  /// Fills `fields` with `count` fields that point into the payload.
  func readFields(
    _ count: Int, _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer
  ) throws(WireError) {
    if count > fields.count {
      fields.deallocate()
      fields = .allocate(capacity: max(count, 2 * fields.count))
    }
    let words = try reader.range(count * SinkCall.fieldWords)
    guard let start = payload.baseAddress else { return }
    var place = words.upperBound
    for index in 0..<count {
      let at = start + words.lowerBound + index * SinkCall.fieldWords
      let name = view(at.word(8), &place, payload.count, start, most: SinkBounds.nameBytes)
      let value = view(at.word(12), &place, payload.count, start, most: SinkBounds.valueBytes)
      fields.initializeElement(
        at: index, to: sis_field(id: at.word(0), group: at.word(4), name: name, value: value))
    }
    _ = try reader.range(place - words.upperBound)
  }

  /// - Parameter place: where the bytes stand; moved behind them. It may come to lie behind the end, which is
  ///   found out before anything is read.
  @inline(__always) private func view(
    _ length: UInt32, _ place: inout Int, _ end: Int, _ start: UnsafeRawPointer, most: Int
  ) -> sis_bytes {
    if length <= most {
      defer { place += Int(length) }
      return sis_bytes(ptr: length == 0 ? nil : start + place, len: Int(length))
    }
    switch length {
    case SinkCall.noFieldAddress: return sis_bytes(ptr: nil, len: 1)
    case SinkCall.beyondMemory: return sis_bytes(ptr: filler.baseAddress, len: -1)
    default: return sis_bytes(ptr: filler.baseAddress, len: most + 1)
    }
  }
}

extension UnsafeRawPointer {
  @inline(__always) fileprivate func word(_ offset: Int) -> UInt32 {
    UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
