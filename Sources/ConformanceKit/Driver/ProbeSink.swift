import CSISPlugin
import HostModel
import ProviderABI
import SyncCore

/// The host's side of a call, as lenient as the ABI allows: writes down all that a provider emits, and
/// refuses where it is told to.
final class ProbeSink {
  /// More than this in one call is taken for an endless loop, and refused.
  private static let mostEvents = 3_000_000

  private(set) var events: [ProbeEvent] = []
  private(set) var requests: [ProviderRequest] = []
  private(set) var resume: Cursor?
  /// What `error` was told last.
  private(set) var reported: (code: sis_status, message: String)?
  /// How many sink functions that answer a status were called.
  private(set) var answered = 0
  private(set) var callsAfterRefusal = 0
  private var refusesAt: Int?
  private var keeps = Int.max
  private var isRefused = false

  /// Begins a call.
  ///
  /// - Parameters:
  ///   - refusing: the number, from 1, of the sink function that is answered with `SIS_E_REFUSED`; so is every
  ///     one after it.
  ///   - keeping: how many events are written down; the rest is taken and forgotten.
  func begin(refusing: Int? = nil, keeping: Int = .max) {
    keeps = keeping
    events = []
    requests = []
    resume = nil
    reported = nil
    (answered, callsAfterRefusal, isRefused) = (0, 0, false)
    refusesAt = refusing
  }

  private func answer(_ event: @autoclosure () -> ProbeEvent) -> sis_status {
    answered += 1
    if isRefused { callsAfterRefusal += 1 }
    if answered == refusesAt || answered > Self.mostEvents { isRefused = true }
    guard !isRefused else { return SIS_E_REFUSED }
    if events.count < keeps { events.append(event()) }
    return SIS_OK
  }

  fileprivate func request(_ request: sis_request) -> sis_status {
    let headers = (0..<max(request.header_count, 0)).compactMap { index in
      request.headers.map { HTTPHeader($0[index].name.words, $0[index].value.words) }
    }
    let asked = ProviderRequest(
      id: request.id, method: request.method.words, target: request.target.words,
      resource: request.resource.words, headers: headers, body: Array(UnsafeRawBufferPointer(request.body)),
      expect: BodyExpectation(rawValue: request.expect) ?? .any)
    let bytes = Self.bytes(of: request, headers)
    let status = answer(ProbeEvent(kind: .request, name: asked.place, bytes: bytes, meaning: bytes))
    if status == SIS_OK { requests.append(asked) }
    return status
  }

  private static func bytes(of request: sis_request, _ headers: [HTTPHeader]) -> [UInt8] {
    var bytes = EventBytes()
    bytes.add(request.id)
    bytes.add(UInt64(request.flags) << 32 | UInt64(request.expect))
    for text in [request.method, request.target, request.resource, request.body] { bytes.add(text) }
    return bytes.bytes + headers.flatMap { Array("\($0.name): \($0.value)\n".utf8) }
  }

  fileprivate func record(_ kind: UInt32, _ fields: UnsafeBufferPointer<sis_field>) -> sis_status {
    answer(Self.event(kind, fields))
  }

  private static func event(_ kind: UInt32, _ fields: UnsafeBufferPointer<sis_field>) -> ProbeEvent {
    let id = fields.first { $0.id == SIS_F_SOURCED_ID }?.value.words ?? ""
    var bytes = EventBytes()
    bytes.add(kind)
    bytes.add(fields)
    return ProbeEvent(
      kind: .record, name: name(kind, id), bytes: bytes.bytes, meaning: EventBytes.meaning(of: fields))
  }

  fileprivate func reject(_ reject: sis_reject) -> sis_status {
    answer(
      ProbeEvent(kind: .reject, name: Self.name(reject.kind, reject.sourced_id.words)) {
        $0.add(UInt64(reject.kind) << 32 | UInt64(reject.field))
        $0.add(reject.sourced_id)
        $0.add(reject.reason)
      })
  }

  fileprivate func cursor(_ cursor: sis_cursor) -> sis_status {
    let status = answer(
      ProbeEvent(kind: .cursor, name: cursor.purpose == SIS_CURSOR_RESUME ? "cursor" : "bookmark") {
        $0.add(UInt64(cursor.purpose) << 32 | UInt64(cursor.version))
        $0.add(cursor.bytes)
      })
    if status == SIS_OK, cursor.purpose == SIS_CURSOR_RESUME {
      resume = Cursor(version: cursor.version, bytes: Array(UnsafeRawBufferPointer(cursor.bytes)))
    }
    return status
  }

  fileprivate func end(_ end: sis_end) -> sis_status {
    let scope = UnsafeBufferPointer(start: end.scope, count: end.scope == nil ? 0 : end.scope_count)
    return answer(
      ProbeEvent(kind: .end, name: "end of \(Self.name(end.kind, ""))") {
        $0.add(UInt64(end.kind) << 32 | UInt64(end.completeness))
        $0.add(end.expected)
        $0.add(scope)
      })
  }

  fileprivate func note(_ level: UInt32, _ text: sis_bytes) {
    guard events.count < keeps else { return }
    events.append(
      ProbeEvent(kind: .note, name: "note") {
        $0.add(level)
        $0.add(text)
      })
  }

  fileprivate func error(_ error: sis_error) {
    reported = (error.code, error.message.words)
    events.append(
      ProbeEvent(kind: .error, name: "error") {
        $0.add(error.code)
        $0.add(error.request_id)
        $0.add(error.retry_after_ms)
        $0.add(error.message)
        $0.add(error.pointer)
      })
  }

  private static func name(_ kind: UInt32, _ id: String) -> String {
    let word = RecordKind(rawValue: kind)?.name ?? "kind \(kind)"
    return id.isEmpty ? word : "\(word) \(id)"
  }
}

extension ProbeEvent {
  fileprivate init(kind: Kind, name: String, _ write: (inout EventBytes) -> Void) {
    var bytes = EventBytes()
    write(&bytes)
    self.init(kind: kind, name: name, bytes: bytes.bytes, meaning: bytes.bytes)
  }
}

extension ProbeSink {
  /// The struct that a provider gets. It must not outlive this sink.
  var raw: sis_sink {
    sis_sink(
      size: UInt32(MemoryLayout<sis_sink>.size), reserved: 0, ctx: Unmanaged.passUnretained(self).toOpaque(),
      request: { sink(of: $0)?.request($1.pointee) ?? SIS_E_REFUSED },
      record: { sink(of: $0)?.record($1, UnsafeBufferPointer(start: $2, count: $3)) ?? SIS_E_REFUSED },
      reject: { sink(of: $0)?.reject($1.pointee) ?? SIS_E_REFUSED },
      cursor: { sink(of: $0)?.cursor($1.pointee) ?? SIS_E_REFUSED },
      end: { sink(of: $0)?.end($1.pointee) ?? SIS_E_REFUSED },
      note: { sink(of: $0)?.note($1, $2) },
      error: { sink(of: $0)?.error($1.pointee) })
  }
}

private func sink(of table: UnsafePointer<sis_sink>) -> ProbeSink? {
  table.pointee.ctx.map { Unmanaged<ProbeSink>.fromOpaque($0).takeUnretainedValue() }
}
