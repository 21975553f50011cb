import CSISPlugin

/// How a provider answers, for the length of one call. It cannot be kept: it is not copyable and only lent.
///
/// Nothing here throws. Once the host refuses something, everything further is ignored and the call ends with
/// `SIS_E_REFUSED`, whatever the provider returns.
public struct Output: ~Copyable {
  let sink: UnsafePointer<sis_sink>
  /// How many more requests may be asked for in this call.
  public private(set) var grant: Int
  private(set) var isRefused = false
  var record = Record()

  init(_ sink: UnsafePointer<sis_sink>, grant: Int, record: consuming Record) {
    self.sink = sink
    self.grant = grant
    self.record = record
  }

  consuming func takeRecord() -> Record { record }

  private mutating func note(_ status: sis_status) { if status < 0 { isRefused = true } }

  /// What the host should expect of an answer's body, so that it can tell a login page from data.
  public enum Expectation: UInt32, Sendable { case any, json, xml, csv, zip }

  /// Asks for an HTTP exchange; at most `grant` a call.
  ///
  /// - Parameters:
  ///   - id: the provider's own number for it, not in use by another that is on its way.
  ///   - target: `/path?query`, behind the integration's base URL.
  ///   - resource: a short constant word for statistics.
  public mutating func request(
    id: UInt64, method: StaticString = "GET", target: String, resource: StaticString,
    expect: Expectation = .json, headers: [(name: StaticString, value: StaticString)] = [], body: [UInt8] = []
  ) {
    guard !isRefused else { return }
    let lines = headers.map { sis_header(name: bytes($0.name), value: bytes($0.value)) }
    var target = target
    let status = target.withUTF8 { target in
      body.withUnsafeBytes { body in
        lines.withUnsafeBufferPointer { lines in
          var request = sis_request()
          request.size = UInt32(MemoryLayout<sis_request>.size)
          request.id = id
          request.method = bytes(method)
          request.target = sis_bytes(ptr: UnsafeRawPointer(target.baseAddress), len: target.count)
          request.resource = bytes(resource)
          request.headers = lines.baseAddress
          request.header_count = lines.count
          request.body = sis_bytes(ptr: body.baseAddress, len: body.count)
          request.expect = expect.rawValue
          return sink.pointee.request(sink, &request)
        }
      }
    }
    grant -= 1
    note(status)
  }

  /// Emits one record, whose fields `fill` adds, best in rising order of their numbers. The same id may be emitted
  /// again in a run: the last one wins.
  public mutating func record(_ kind: Kind, _ fill: (inout Record) -> Void) {
    guard !isRefused else { return }
    record.begin()
    fill(&record)
    let status = record.fields.withUnsafeBufferPointer { fields in
      // An empty array has no address that C would take.
      fields.baseAddress.map { sink.pointee.record(sink, kind.rawValue, $0, fields.count) } ?? 0
    }
    note(status)
  }

  /// Reports a record of the source that cannot be mapped. It counts as present; the run goes on.
  ///
  /// - Parameter reason: one sentence for the SIS clerk, without personal data.
  public mutating func reject(_ kind: Kind, id: String, field: Field? = nil, _ reason: String) {
    guard !isRefused else { return }
    var (id, reason) = (id, reason)
    let status = id.withUTF8 { id in
      reason.withUTF8 { reason in
        var reject = sis_reject()
        reject.size = UInt32(MemoryLayout<sis_reject>.size)
        reject.kind = kind.rawValue
        reject.sourced_id = sis_bytes(ptr: UnsafeRawPointer(id.baseAddress), len: id.count)
        reject.field = field?.rawValue ?? 0
        reject.reason = sis_bytes(ptr: UnsafeRawPointer(reason.baseAddress), len: reason.count)
        return sink.pointee.reject(sink, &reject)
      }
    }
    note(status)
  }

  /// Everything emitted so far is covered by this place: an interrupted run goes on from it.
  public mutating func resume(at place: [UInt8], version: UInt32) { cursor(SIS_CURSOR_RESUME, place, version) }

  /// Where the next run's delta begins; kept only if this run is published.
  public mutating func bookmark(_ place: [UInt8], version: UInt32) { cursor(SIS_CURSOR_BOOKMARK, place, version) }

  private mutating func cursor(_ purpose: UInt32, _ place: [UInt8], _ version: UInt32) {
    guard !isRefused else { return }
    let status = place.withUnsafeBytes { place in
      var cursor = sis_cursor()
      cursor.size = UInt32(MemoryLayout<sis_cursor>.size)
      cursor.purpose = purpose
      cursor.version = version
      cursor.bytes = sis_bytes(ptr: place.baseAddress, len: place.count)
      return sink.pointee.cursor(sink, &cursor)
    }
    note(status)
  }

  /// Says how completely a kind was read, whole or within a scope such as `[(.school, "3")]`. Only what is complete can
  /// ever lead to a removal.
  public mutating func end(
    _ kind: Kind, complete: Bool, scope: [(field: Field, value: String)] = [], expected: UInt64? = nil
  ) {
    guard !isRefused else { return }
    var values = Arena()
    let conditions = scope.map { condition in
      sis_field(
        id: condition.field.rawValue, group: 0, name: sis_bytes(ptr: nil, len: 0),
        value: values.write { $0.append(contentsOf: condition.value.utf8) })
    }
    let status = conditions.withUnsafeBufferPointer { conditions in
      var end = sis_end()
      end.size = UInt32(MemoryLayout<sis_end>.size)
      end.kind = kind.rawValue
      end.completeness = complete ? SIS_COMPLETE : SIS_PARTIAL
      end.scope = conditions.isEmpty ? nil : conditions.baseAddress
      end.scope_count = conditions.count
      end.expected = expected ?? UInt64.max
      return sink.pointee.end(sink, &end)
    }
    withExtendedLifetime(values.self) {}
    note(status)
  }

  /// Says something for the run's log, without personal data.
  public func note(_ text: String, isWarning: Bool = false) {
    var text = text
    text.withUTF8 { text in
      sink.pointee.note(
        sink, isWarning ? SIS_NOTE_WARNING : SIS_NOTE_INFO,
        sis_bytes(ptr: UnsafeRawPointer(text.baseAddress), len: text.count))
    }
  }

  func report(_ error: ProviderError, request: UInt64) {
    var (message, pointer) = (error.message, error.pointer)
    message.withUTF8 { message in
      pointer.withUTF8 { pointer in
        var raw = sis_error()
        raw.size = UInt32(MemoryLayout<sis_error>.size)
        raw.code = error.code.rawValue
        raw.message = sis_bytes(ptr: UnsafeRawPointer(message.baseAddress), len: message.count)
        raw.pointer = sis_bytes(ptr: UnsafeRawPointer(pointer.baseAddress), len: pointer.count)
        raw.request_id = request
        raw.retry_after_ms = error.retryAfterMilliseconds ?? -1
        sink.pointee.error(sink, &raw)
      }
    }
  }
}

private func bytes(_ string: StaticString) -> sis_bytes {
  sis_bytes(ptr: UnsafeRawPointer(string.utf8Start), len: string.utf8CodeUnitCount)
}
