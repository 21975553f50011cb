import CSISPlugin
import ConformanceKit

/// A host in a few lines: drives one session through the bare ABI, answers its requests, and writes down
/// everything that it gets. It can be of a newer minor version, whose structs are larger, or of a broken
/// one.
final class RawHost {
  /// Bytes by which each struct of this host differs from this header's.
  struct Extra {
    var sink = 0
    var open = 0
    var turn = 0
    var response = 0

    static func all(_ bytes: Int) -> Extra { Extra(sink: bytes, open: bytes, turn: bytes, response: bytes) }
  }

  private(set) var transcript: [String] = []
  private var waiting: [(id: UInt64, target: String)] = []
  private let answer: (String) -> String?
  private let extra: Extra
  private var sink: LentStruct<sis_sink>?

  /// - Parameter answer: the body for a target; nil is status 404.
  init(extra: Extra = Extra(), answer: @escaping (String) -> String? = { _ in nil }) {
    self.answer = answer
    self.extra = extra
  }

  private func makeSink() -> UnsafeMutablePointer<sis_sink> {
    if let sink { return sink.pointer }
    let lent = LentStruct(
      sis_sink(
        size: 0, reserved: 0, ctx: Unmanaged.passUnretained(self).toOpaque(),
        request: { RawHost.of($0).take($1.pointee) },
        record: { RawHost.of($0).record($1, UnsafeBufferPointer(start: $2, count: $3)) },
        reject: { RawHost.of($0).write("reject \($1.pointee.kind) \($1.pointee.sourced_id.text)") },
        cursor: {
          RawHost.of($0).write("cursor \($1.pointee.purpose) \($1.pointee.bytes.text.debugDescription)")
        },
        end: { RawHost.of($0).write("end \($1.pointee.kind) \($1.pointee.completeness)") },
        note: { _ = RawHost.of($0).write("note \($1) \($2.text)") },
        error: { _ = RawHost.of($0).write("error \($1.pointee.code) \($1.pointee.message.text)") }),
      extra: extra.sink)
    sink = lent
    return lent.pointer
  }

  private static func of(_ sink: UnsafePointer<sis_sink>) -> RawHost {
    guard let context = sink.pointee.ctx else { fatalError("the sink lost its context") }
    return Unmanaged<RawHost>.fromOpaque(context).takeUnretainedValue()
  }

  private func write(_ line: String) -> sis_status {
    transcript.append(line)
    return SIS_OK
  }

  private func take(_ request: sis_request) -> sis_status {
    waiting.append((request.id, request.target.text))
    return write("request \(request.method.text) \(request.target.text)")
  }

  private func record(_ kind: UInt32, _ fields: UnsafeBufferPointer<sis_field>) -> sis_status {
    write("record \(kind) " + fields.map { "\($0.id)/\($0.group)=\($0.value.text)" }.joined(separator: " "))
  }

  // MARK: - The calls

  func open(_ table: UnsafePointer<sis_provider>) -> UnsafeMutablePointer<sis_session>? {
    let config = Array("{}".utf8)
    return config.withUnsafeBytes { config in
      var args = sis_open()
      args.config = sis_bytes(ptr: config.baseAddress, len: config.count)
      args.max_in_flight = 1
      let lent = LentStruct(args, extra: extra.open)
      defer { withExtendedLifetime(lent) {} }
      return table.pointee.open(table, lent.pointer, makeSink())
    }
  }

  func next(_ session: UnsafeMutablePointer<sis_session>) -> sis_status {
    let turn = LentStruct(sis_turn(size: 0, grant: 1, now_ms: 0), extra: extra.turn)
    defer { withExtendedLifetime(turn) {} }
    return session.pointee.next(session, turn.pointer, makeSink())
  }

  func feed(_ session: UnsafeMutablePointer<sis_session>, id: UInt64, body: String?) -> sis_status {
    Array((body ?? "").utf8).withUnsafeBytes { bytes in
      var response = sis_response()
      response.http_status = body == nil ? 404 : 200
      response.id = id
      response.body = sis_bytes(ptr: bytes.baseAddress, len: bytes.count)
      response.grant = 1
      let lent = LentStruct(response, extra: extra.response)
      defer { withExtendedLifetime(lent) {} }
      return session.pointee.feed(session, lent.pointer, makeSink())
    }
  }

  /// A whole session, from open to close.
  func run(_ table: UnsafePointer<sis_provider>) {
    guard let session = open(table) else {
      _ = write("no session")
      return
    }
    var status = SIS_OK
    while status == SIS_OK, transcript.count < 1_000 {
      if waiting.isEmpty { status = next(session) }
      guard status == SIS_OK, !waiting.isEmpty else { break }
      let request = waiting.removeFirst()
      status = feed(session, id: request.id, body: answer(request.target))
    }
    session.pointee.close(session)
    _ = write("status \(status)")
  }
}
