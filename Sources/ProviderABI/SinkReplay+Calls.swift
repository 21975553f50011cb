import CSISPlugin
import WorkerProtocol

/// What stands before a struct in a frame. Of one that was smaller than version 1 nothing but its size was
/// written, and of NULL nothing: the sink refuses both.
private struct StructHead {
  var size: UInt32
  var isNull: Bool
  var follows: Bool

  init<Struct>(_ reader: inout WireReader, of type: Struct.Type) throws(WireError) {
    let size = try reader.u64()
    isNull = try reader.u32() != 0
    self.size = UInt32(clamping: size)
    follows = !isNull && size >= MemoryLayout<Struct>.size
  }
}

extension SinkReplay {
  func record(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, _ sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    let kind = try reader.u32()
    let list = try length(&reader, most: SinkBounds.fields)
    if list.follows { try readFields(list.count, &reader, payload) }
    guard let start = fields.baseAddress else { return }
    _ = sink.pointee.record(sink, kind, list.isNull ? .null : UnsafePointer(start), list.count)
  }

  func request(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, _ sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    let head = try StructHead(&reader, of: sis_request.self)
    var request = sis_request()
    request.size = head.size
    var headers: [sis_header] = []
    var hasHeaders = false
    if head.follows {
      request.flags = try reader.u32()
      request.id = try reader.u64()
      request.method = try bytes(&reader, payload)
      request.target = try bytes(&reader, payload)
      request.resource = try bytes(&reader, payload)
      request.body = try bytes(&reader, payload, most: SinkBounds.bodyBytes)
      request.expect = try reader.u32()
      let list = try length(&reader, most: SinkBounds.headers)
      for _ in 0..<(list.follows ? list.count : 0) {
        headers.append(sis_header(name: try bytes(&reader, payload), value: try bytes(&reader, payload)))
      }
      request.header_count = list.count
      hasHeaders = !list.isNull
    }
    // Never empty: a list of which nothing follows may have an address too.
    headers.append(sis_header())
    headers.withUnsafeBufferPointer {
      request.headers = hasHeaders ? $0.baseAddress : nil
      _ = head.isNull ? sink.pointee.request(sink, .null) : sink.pointee.request(sink, &request)
    }
  }

  func reject(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, _ sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    let head = try StructHead(&reader, of: sis_reject.self)
    var reject = sis_reject()
    reject.size = head.size
    if head.follows {
      reject.kind = try reader.u32()
      reject.sourced_id = try bytes(&reader, payload)
      reject.field = try reader.u32()
      reject.reason = try bytes(&reader, payload)
    }
    _ = head.isNull ? sink.pointee.reject(sink, .null) : sink.pointee.reject(sink, &reject)
  }

  func cursor(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, _ sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    let head = try StructHead(&reader, of: sis_cursor.self)
    var cursor = sis_cursor()
    cursor.size = head.size
    if head.follows {
      cursor.purpose = try reader.u32()
      cursor.version = try reader.u32()
      cursor.bytes = try bytes(&reader, payload, most: SinkBounds.cursorBytes)
    }
    _ = head.isNull ? sink.pointee.cursor(sink, .null) : sink.pointee.cursor(sink, &cursor)
  }

  func end(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, _ sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    let head = try StructHead(&reader, of: sis_end.self)
    var end = sis_end()
    end.size = head.size
    if head.follows {
      end.kind = try reader.u32()
      end.completeness = try reader.u32()
      end.expected = try reader.u64()
      let list = try length(&reader, most: SinkBounds.conditions)
      if list.follows { try readFields(list.count, &reader, payload) }
      end.scope = list.isNull ? nil : UnsafePointer(fields.baseAddress)
      end.scope_count = list.count
    }
    _ = head.isNull ? sink.pointee.end(sink, .null) : sink.pointee.end(sink, &end)
  }

  func error(
    _ reader: inout WireReader, _ payload: UnsafeRawBufferPointer, _ sink: UnsafePointer<sis_sink>
  ) throws(WireError) {
    let head = try StructHead(&reader, of: sis_error.self)
    var error = sis_error()
    error.size = head.size
    if head.follows {
      error.code = try reader.i32()
      error.message = try bytes(&reader, payload)
      error.pointer = try bytes(&reader, payload)
      error.request_id = try reader.u64()
      error.retry_after_ms = try reader.i64()
    }
    head.isNull ? sink.pointee.error(sink, .null) : sink.pointee.error(sink, &error)
  }
}
