import CSISPlugin

extension SinkRecorder {
  /// Fills the C struct through which a provider reaches this sink.
  func makeTable() {
    table.initialize(
      to: sis_sink(
        size: UInt32(MemoryLayout<sis_sink>.size), reserved: 0,
        ctx: Unmanaged.passUnretained(self).toOpaque(),
        request: { recorder(of: $0)?.request(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        record: { recorder(of: $0)?.record($1, UnsafePointer(given: $2), $3) ?? SIS_E_REFUSED },
        reject: { recorder(of: $0)?.reject(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        cursor: { recorder(of: $0)?.cursor(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        end: { recorder(of: $0)?.end(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        note: { recorder(of: $0)?.note($1, $2) },
        error: { _ = recorder(of: $0)?.error(UnsafePointer(given: $1)) }))
  }

  /// Writes a call with a struct down. Of one that is smaller than version 1 nothing but its size may be
  /// read.
  private func note<Struct>(
    _ call: SinkCall, _ raw: UnsafePointer<Struct>?, _ write: (inout CallBuffer, Struct) -> Void
  ) -> sis_status {
    note(call) { buffer in
      let size = raw.map { UnsafeRawPointer($0).load(as: UInt32.self) }
      buffer.put(length: Int(size ?? 0), hasAddress: raw != nil)
      if let raw, let size, Int(size) >= MemoryLayout<Struct>.size { write(&buffer, raw.pointee) }
    }
  }

  private func request(_ raw: UnsafePointer<sis_request>?) -> sis_status {
    note(.request, raw) { buffer, request in
      buffer.put(request.flags)
      buffer.put(request.id)
      for text in [request.method, request.target, request.resource] { buffer.put(text) }
      buffer.put(request.body, most: SinkBounds.bodyBytes)
      buffer.put(request.expect)
      buffer.put(length: request.header_count, hasAddress: request.headers != nil)
      guard let headers = request.headers, (0...SinkBounds.headers).contains(request.header_count) else {
        return
      }
      for header in UnsafeBufferPointer(start: headers, count: request.header_count) {
        buffer.put(header.name)
        buffer.put(header.value)
      }
    }
  }

  private func reject(_ raw: UnsafePointer<sis_reject>?) -> sis_status {
    note(.reject, raw) { buffer, reject in
      buffer.put(reject.kind)
      buffer.put(message: reject.sourced_id)
      buffer.put(reject.field)
      buffer.put(message: reject.reason)
    }
  }

  private func cursor(_ raw: UnsafePointer<sis_cursor>?) -> sis_status {
    note(.cursor, raw) { buffer, cursor in
      buffer.put(cursor.purpose)
      buffer.put(cursor.version)
      buffer.put(cursor.bytes, most: SinkBounds.cursorBytes)
    }
  }

  private func end(_ raw: UnsafePointer<sis_end>?) -> sis_status {
    note(.end, raw) { buffer, end in
      buffer.put(end.kind)
      buffer.put(end.completeness)
      buffer.put(end.expected)
      buffer.put(length: end.scope_count, hasAddress: end.scope != nil)
      guard let scope = end.scope, (0...SinkBounds.conditions).contains(end.scope_count) else { return }
      buffer.put(fields: UnsafeBufferPointer(start: scope, count: end.scope_count))
    }
  }

  private func note(_ level: UInt32, _ text: sis_bytes) {
    _ = note(.note) { buffer in
      buffer.put(level)
      buffer.put(message: text)
    }
  }

  private func error(_ raw: UnsafePointer<sis_error>?) -> sis_status {
    note(.error, raw) { buffer, error in
      buffer.put(UInt32(bitPattern: error.code))
      buffer.put(message: error.message)
      buffer.put(message: error.pointer)
      buffer.put(error.request_id)
      buffer.put(UInt64(bitPattern: error.retry_after_ms))
    }
  }
}

private func recorder(of table: UnsafePointer<sis_sink>) -> SinkRecorder? {
  UnsafePointer(given: table)?.pointee.ctx.map {
    Unmanaged<SinkRecorder>.fromOpaque($0).takeUnretainedValue()
  }
}
