import CSISPlugin
import HostModel
import ProviderABI
import SyncCore
import WorkerProtocol

/// The host's side of one session's calls: takes what the provider emits, checks and bounds it.
///
/// It is confined to the session's queue. A provider that breaks a rule is refused from then on, and the call fails with the
/// first violation, whatever it returns.
final class SessionSink {
  /// Bounds of one call. They are far above what an honest provider needs.
  enum Bounds {
    static let records = 2_000_000
    static let batchBytes = 1 << 30
    static let notes = 64
    static let noteBytes = 1_024
    static let ends = 10_000
    static let conditions = SinkBounds.conditions
    static let headers = SinkBounds.headers
    static let headerBytes = 8_192
    static let targetBytes = 16_384
    static let bodyBytes = SinkBounds.bodyBytes
    static let reasonBytes = 512
  }

  /// Headers that are the host's to send.
  static let reservedHeaders: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "host", "connection", "content-length", "transfer-encoding",
    "accept-encoding", "expect", "te", "upgrade", "user-agent",
  ]

  private var answer = SessionAnswer()
  private let extensions: ExtensionRules?
  private var builder: RecordBatchBuilder
  private var received = 0
  private var grant = 0
  private var isOpen = false
  /// What `open` emitted is still to be handed on.
  private var keepsOpening = false
  private var reported: ProviderFault?
  private(set) var violation: ProviderFault?

  init(_ manifest: ProviderManifest) {
    extensions = ExtensionRules(manifest.extensions)
    builder = RecordBatchBuilder(extensions: extensions)
  }

  /// Begins a call. The first after `open` goes on with what that emitted.
  ///
  /// - Parameter bodyBytes: of the answer that is read: its records will take about as much.
  func begin(grant: Int, bodyBytes: Int = 0) {
    if !keepsOpening {
      answer = SessionAnswer()
      builder.begin(expecting: bodyBytes)
      received = 0
    }
    keepsOpening = false
    self.grant = grant
    reported = nil
    violation = nil
    isOpen = true
  }

  /// Ends a call that returned `status`.
  ///
  /// - Throws: the violation, or what the provider reported, or that it failed without a word.
  func end(status: sis_status, request: UInt64) throws(ProviderFault) -> SessionAnswer {
    try conclude(status, request)
    answer.isDone = status == SIS_DONE
    if answer.isDone, !answer.requests.isEmpty {
      throw ProviderFault(.contract, "it asked for a request and said that it was done")
    }
    for field in builder.undeclared.sorted().prefix(Bounds.notes) {
      answer.notes.append(
        ProviderNote(
          isWarning: true,
          text: "the provider sends the extension field \(Self.plain(field)), which its manifest does not "
            + "declare; it is dropped"))
    }
    (answer.batch, answer.rejects) = builder.take()
    return answer
  }

  /// Ends an `open` that answered a session, or none.
  ///
  /// - Throws: why there is none, or what is wrong with it, or as `end` does; then a session is only to be closed.
  func endOpening(_ session: SessionFacts?) throws(ProviderFault) {
    isOpen = false
    guard let session else {
      throw violation ?? reported ?? ProviderFault(.internal, "it opened no session and gave no reason")
    }
    guard session.hasFunctions else {
      throw ProviderFault(.contract, "its session has size \(session.size) or lacks a function")
    }
    try conclude(SIS_OK, 0)
    keepsOpening = true
  }

  private func conclude(_ status: sis_status, _ request: UInt64) throws(ProviderFault) {
    isOpen = false
    if let violation { throw violation }
    guard status >= 0 else {
      var fault = reported ?? ProviderFault(.internal, "it failed with status \(status) and gave no reason")
      if reported == nil, let code = Self.code(status) { fault.code = code }
      fault.requestID = request
      throw fault
    }
    guard status <= SIS_DONE else {
      throw ProviderFault(.contract, "it returned \(status), which is no status")
    }
    if let reported {
      throw ProviderFault(.contract, "it returned \(status) after reporting an error: \(reported.message)")
    }
  }

  // MARK: - What the provider calls

  private func refuse(_ words: String) -> sis_status {
    if violation == nil { violation = ProviderFault(.contract, words) }
    return SIS_E_REFUSED
  }

  /// May the provider emit now? Not outside of a call, nor after a breach.
  private func takes() -> Bool {
    if !isOpen { _ = refuse("it called the sink outside of a call") }
    return violation == nil
  }

  /// The maker's struct, if the sink is in a call and the struct is there and large enough; nil is a refusal.
  private func admit<Struct>(_ raw: UnsafePointer<Struct>?, _ name: String) -> Struct? {
    guard takes() else { return nil }
    guard let raw else {
      _ = refuse("it passed NULL for its \(name)")
      return nil
    }
    let size = UnsafeRawPointer(raw).load(as: UInt32.self)
    guard Int(size) >= MemoryLayout<Struct>.size else {
      _ = refuse("its \(name) has size \(size); version 1 has \(MemoryLayout<Struct>.size)")
      return nil
    }
    return raw.pointee
  }

  func request(_ raw: UnsafePointer<sis_request>?) -> sis_status {
    guard let request = admit(raw, "request") else { return SIS_E_REFUSED }
    guard answer.requests.count < grant else { return refuse("it asked for more than the \(grant) granted requests") }
    guard let method = text(request.method, most: 16), !method.isEmpty,
      let target = text(request.target, most: Bounds.targetBytes), !target.isEmpty,
      let resource = text(request.resource, most: 64)
    else { return refuse("the method, target or resource of a request is no text or too long") }
    guard method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return refuse("\"\(method)\" is no HTTP method") }
    guard target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      return refuse("the target of a request holds a space or a control character")
    }
    guard (0...Bounds.bodyBytes).contains(request.body.len),
      request.body.len == 0 || request.body.ptr != nil
    else {
      return refuse("the body of a request has \(request.body.len) bytes; \(Bounds.bodyBytes) are the most")
    }
    guard let expect = BodyExpectation(rawValue: request.expect) else {
      return refuse("a request expects \(request.expect), which is nothing this host knows")
    }
    guard let headers = headers(of: request) else { return SIS_E_REFUSED }
    answer.requests.append(
      ProviderRequest(
        id: request.id, method: method, target: target, resource: resource, headers: headers,
        body: Array(RecordBatchBuilder.bytes(request.body)), expect: expect,
        sendsCredential: request.flags & SIS_REQUEST_NO_AUTH == 0,
        isRepeatable: request.flags & SIS_REQUEST_UNSAFE == 0))
    return SIS_OK
  }

  private func headers(of request: sis_request) -> [HTTPHeader]? {
    guard (0...Bounds.headers).contains(request.header_count),
      request.header_count == 0 || request.headers != nil
    else {
      _ = refuse("a request has \(request.header_count) headers; \(Bounds.headers) are the most")
      return nil
    }
    var headers: [HTTPHeader] = []
    for index in 0..<request.header_count {
      guard let raw = request.headers?[index], let name = text(raw.name, most: 128)?.lowercased(),
        let value = text(raw.value, most: Bounds.headerBytes), !name.isEmpty,
        name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }),
        value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else {
        _ = refuse("a header of a request is no HTTP header")
        return nil
      }
      guard !Self.reservedHeaders.contains(name) else {
        _ = refuse("it sets the header \(name), which is the host's")
        return nil
      }
      headers.append(HTTPHeader(name, value))
    }
    return headers
  }

  func record(_ kind: UInt32, _ fields: UnsafePointer<sis_field>?, _ count: Int) -> sis_status {
    if let status = countRecord() { return status }
    guard (0...RecordBatchBuilder.maximumFields).contains(count) else {
      return refuse("a record has \(count) fields; \(RecordBatchBuilder.maximumFields) are the most")
    }
    guard count == 0 || fields != nil else { return refuse("it passed NULL for \(count) fields") }
    builder.add(kind: kind, UnsafeBufferPointer(start: fields, count: count))
    guard builder.batch.bytes.count <= Bounds.batchBytes else { return refuse("it emitted more than 1 GiB in one call") }
    return SIS_OK
  }

  private func countRecord() -> sis_status? {
    guard takes() else { return SIS_E_REFUSED }
    received += 1
    return received <= Bounds.records ? nil : refuse("it emitted more than \(Bounds.records) records in one call")
  }

  func reject(_ raw: UnsafePointer<sis_reject>?) -> sis_status {
    guard let reject = admit(raw, "reject") else { return SIS_E_REFUSED }
    if let status = countRecord() { return status }
    builder.reject(
      RecordReject(
        kind: RecordKind(rawValue: reject.kind), sourcedID: cut(reject.sourced_id, 255),
        field: RosterField.with(id: reject.field)?.name ?? "", reason: cut(reject.reason, Bounds.reasonBytes)))
    return SIS_OK
  }

  func cursor(_ raw: UnsafePointer<sis_cursor>?) -> sis_status {
    guard let cursor = admit(raw, "cursor") else { return SIS_E_REFUSED }
    let bytes = cursor.bytes
    guard (0...Cursor.maximumBytes).contains(bytes.len), bytes.len == 0 || bytes.ptr != nil else {
      return refuse("its cursor has \(bytes.len) bytes; \(Cursor.maximumBytes) are the most")
    }
    let place = Cursor(version: cursor.version, bytes: Array(RecordBatchBuilder.bytes(bytes)))
    switch cursor.purpose {
    case SIS_CURSOR_RESUME: answer.resume = place
    case SIS_CURSOR_BOOKMARK: answer.bookmark = place
    default: return refuse("its cursor has purpose \(cursor.purpose), which is nothing this host knows")
    }
    return SIS_OK
  }

  func end(_ raw: UnsafePointer<sis_end>?) -> sis_status {
    guard let end = admit(raw, "end") else { return SIS_E_REFUSED }
    guard answer.ends.count < Bounds.ends else { return refuse("it ended more than \(Bounds.ends) streams in one call") }
    guard let kind = RecordKind(rawValue: end.kind) else { return refuse("it ended kind \(end.kind), which is not known") }
    guard end.completeness == SIS_COMPLETE || end.completeness == SIS_PARTIAL else {
      return refuse("it ended a stream with completeness \(end.completeness)")
    }
    guard (0...Bounds.conditions).contains(end.scope_count), end.scope_count == 0 || end.scope != nil else {
      return refuse("the scope of an end has \(end.scope_count) conditions; \(Bounds.conditions) are the most")
    }
    var scope: [StreamEnd.Condition] = []
    for index in 0..<end.scope_count {
      guard let field = end.scope?[index], RosterField.with(id: field.id) != nil, let value = text(field.value, most: 255)
      else { return refuse("a condition of an end is no field with a value") }
      scope.append(StreamEnd.Condition(field: field.id, value: value))
    }
    answer.ends.append(
      StreamEnd(
        kind: kind, complete: end.completeness == SIS_COMPLETE, scope: scope,
        expected: end.expected == UInt64.max ? nil : end.expected))
    return SIS_OK
  }

  func note(_ level: UInt32, _ bytes: sis_bytes) {
    guard isOpen, violation == nil, answer.notes.count < Bounds.notes else { return }
    answer.notes.append(ProviderNote(isWarning: level == SIS_NOTE_WARNING, text: cut(bytes, Bounds.noteBytes)))
  }

  func error(_ raw: UnsafePointer<sis_error>?) {
    guard isOpen, let raw, Int(raw.pointee.size) >= MemoryLayout<sis_error>.size else { return }
    let error = raw.pointee
    let wait = error.retry_after_ms
    reported = ProviderFault(
      Self.code(error.code) ?? .internal, cut(error.message, Bounds.noteBytes),
      pointer: cut(error.pointer, 256), requestID: error.request_id,
      retryAfterMilliseconds: (0...86_400_000).contains(wait) ? wait : nil)
  }

  /// The class of a provider's error, nil where this host does not know the number. The host's own classes
  /// are not a provider's to name: a status of -101 is no crash.
  private static func code(_ status: sis_status) -> ProviderFault.Code? {
    status > ProviderFault.Code.contract.rawValue ? ProviderFault.Code(rawValue: status) : nil
  }

  // MARK: - Text from outside

  private func text(_ bytes: sis_bytes, most: Int) -> String? {
    let buffer = RecordBatchBuilder.bytes(bytes)
    guard (0...most).contains(bytes.len), bytes.len == 0 || bytes.ptr != nil, CanonicalText.isUTF8(buffer)
    else { return nil }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// For messages: mended and shortened rather than refused.
  private func cut(_ bytes: sis_bytes, _ most: Int) -> String {
    Self.plain(String(decoding: RecordBatchBuilder.bytes(bytes).prefix(most), as: UTF8.self))
  }

  /// On one line: what a provider says must not look like lines of a log.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
  }
}
