import CSISPlugin
import HostModel
import ProviderABI
import ProviderRuntime
import SyncCore
import WorkerProtocol

/// By how many bytes the structs of a host differ from this header's. Each of them then ends where nothing
/// may be read.
struct StructSizes {
  var open = 0
  var sink = 0
  var turn = 0
  var response = 0

  static func all(_ bytes: Int) -> StructSizes {
    StructSizes(open: bytes, sink: bytes, turn: bytes, response: bytes)
  }
}

/// What one call brought forth.
struct CallResult {
  /// The call, for messages.
  var call: String
  var status: sis_status
  var events: [ProbeEvent]
  var requests: [ProviderRequest] = []
  var resume: Cursor?
  var reported: (code: sis_status, message: String)?
  /// How many sink functions were called that answer a status, and how many of them after one was refused.
  var answered = 0
  var callsAfterRefusal = 0

  /// Without what is only for people.
  var substance: [ProbeEvent] { events.filter { $0.kind != .note } }
  /// May the same request be answered again?
  var repeatsRequest: Bool {
    status == SIS_E_PROTOCOL || status == SIS_E_TRANSIENT || status == SIS_E_THROTTLED
  }
}

/// One session, driven call by call through the bare ABI.
final class ProbeSession {
  private let trace: CallTrace
  private let sizes: StructSizes?
  private let sink = ProbeSink()
  private var plainSink: sis_sink
  private var raw: UnsafeMutablePointer<sis_session>?
  /// What stands before each call in the trace: the recording and the round.
  let prefix: String

  /// - Parameter sizes: nil lends structs that lie where they lie.
  init(_ subject: Subject, prefix: String, sizes: StructSizes? = nil) {
    trace = subject.trace
    self.sizes = sizes
    self.prefix = prefix.isEmpty ? "" : prefix + ": "
    plainSink = sink.raw
  }

  deinit { close() }

  /// - Throws: for a session that lacks a function. A provider that answers none leaves `isOpen` false.
  func open(_ subject: Subject, _ opening: SessionOpening) throws(CheckFailure) -> CallResult {
    let mode = opening.cursor == nil ? "" : ", from a cursor of \(opening.cursor?.bytes.count ?? 0) bytes"
    let call = "open(\(opening.mode.rawValue)\(mode))"
    var (result, session) = Self.withArguments(opening) { args in
      make(call) { sink in
        (SIS_OK, lent(args, sizes?.open) { subject.table.pointee.open(subject.table, $0, sink) })
      }
    }
    guard let session else {
      result.status = result.reported?.code ?? SIS_E_INTERNAL
      return result
    }
    guard SessionFacts(reading: session).hasFunctions else {
      throw CheckFailure("its session has size \(session.pointee.size) or lacks a function", call: call)
    }
    raw = session
    return result
  }

  var isOpen: Bool { raw != nil }

  func next(grant: Int, now: HostInstant, refusing: Int? = nil) -> CallResult {
    let turn = NextCall(grant: grant, now: now).turn
    return make("next(grant \(grant))", refusing: refusing) { sink in
      guard let raw else { return (SIS_E_INTERNAL, ()) }
      return (lent(turn, sizes?.turn) { raw.pointee.next(raw, $0, sink) }, ())
    }.result
  }

  /// - Parameters:
  ///   - what: names the answer in messages: "GET /people, status 200, 12 bytes".
  ///   - keeping: how many events are written down: a hostile answer may bring millions.
  func feed(
    _ id: UInt64, _ response: HTTPResponse, grant: Int, now: HostInstant, _ what: String,
    refusing: Int? = nil,
    keeping: Int = .max
  ) -> CallResult {
    Self.withArguments(id, response, grant, now) { args in
      make("feed(request \(id), \(what), grant \(grant))", refusing: refusing, keeping: keeping) { sink in
        guard let raw else { return (SIS_E_INTERNAL, ()) }
        return (lent(args, sizes?.response) { raw.pointee.feed(raw, $0, sink) }, ())
      }.result
    }
  }

  func close() {
    guard let raw else { return }
    self.raw = nil
    trace.during(prefix + "close") { raw.pointee.close(raw) }
  }

  private func make<Value>(
    _ call: String, refusing: Int? = nil, keeping: Int = .max,
    _ body: (UnsafePointer<sis_sink>) -> (sis_status, Value)
  ) -> (result: CallResult, value: Value) {
    sink.begin(refusing: refusing, keeping: keeping)
    let (status, value) = trace.during(prefix + call) {
      lent(plainSink, sizes?.sink) { body($0) }
    }
    return (
      CallResult(
        call: call, status: status, events: sink.events, requests: sink.requests, resume: sink.resume,
        reported: sink.reported, answered: sink.answered, callsAfterRefusal: sink.callsAfterRefusal), value
    )
  }

  /// Lends a struct: in place, or at the end of a page with so many bytes more.
  private func lent<Struct, Answer>(
    _ value: Struct, _ extra: Int?, _ body: (UnsafePointer<Struct>) -> Answer
  ) -> Answer {
    guard let extra else { return withUnsafePointer(to: value, body) }
    let lent = LentStruct(value, extra: extra)
    return withExtendedLifetime(lent) { body(UnsafePointer(lent.pointer)) }
  }
}

extension ProbeSession {
  private static func withArguments<Answer>(
    _ opening: SessionOpening, _ body: (sis_open) -> Answer
  ) -> Answer {
    opening.config.withUnsafeBytes { config in
      (opening.cursor?.bytes ?? []).withUnsafeBytes { cursor in
        (opening.bookmark?.bytes ?? []).withUnsafeBytes { bookmark in
          body(OpenCall(opening).arguments(config: config, cursor: cursor, bookmark: bookmark))
        }
      }
    }
  }

  private static func withArguments<Answer>(
    _ id: UInt64, _ response: HTTPResponse, _ grant: Int, _ now: HostInstant, _ body: (sis_response) -> Answer
  ) -> Answer {
    // Names and values, each where it stands for the length of the call.
    let texts = response.headers.flatMap { [Array($0.name.utf8), Array($0.value.utf8)] }
    let all = texts.flatMap { $0 }
    return all.withUnsafeBytes { all in
      var start = 0
      let views = texts.map { text in
        defer { start += text.count }
        return sis_bytes(UnsafeRawBufferPointer(rebasing: all[start..<start + text.count]))
      }
      let headers = response.headers.indices.map { sis_header(name: views[2 * $0], value: views[2 * $0 + 1]) }
      return headers.withUnsafeBufferPointer { headers in
        response.body.withUnsafeBytes { bytes in
          var args = FeedCall(id, response, grant: grant, now: now).response(headers: headers, body: bytes)
          // "ptr may be NULL only when len is 0": here it is.
          if bytes.isEmpty { args.body.ptr = nil }
          return body(args)
        }
      }
    }
  }
}
