import CSISPlugin
import ProviderABI
import WorkerProtocol

/// Makes the host's calls on the provider, and sends back what the provider did with the sink.
final class CallServer {
  private let table: UnsafePointer<sis_provider>
  private let recorder: SinkRecorder
  private var session: UnsafeMutablePointer<sis_session>?

  init(_ table: UnsafePointer<sis_provider>, send: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.table = table
    recorder = SinkRecorder(send: send)
  }

  /// - Returns: false after the last call.
  /// - Throws: what is wrong with the frame.
  func serve(_ header: FrameHeader, _ payload: UnsafeRawBufferPointer) throws(WireError) -> Bool {
    recorder.begin(call: header.call)
    switch header.kind {
    case .open: recorder.end(try open(payload))
    case .next: recorder.end(ReplyHead(status: try next(payload)))
    case .feed: recorder.end(ReplyHead(status: try feed(payload)))
    case .close:
      if let session { session.pointee.close(session) }
      return false
    default: throw WireError("the host sent a frame of kind \(header.kind)")
    }
    return true
  }

  private func open(_ payload: UnsafeRawBufferPointer) throws(WireError) -> ReplyHead {
    let (call, texts) = try OpenCall.read(RawSpan(_unsafeBytes: payload))
    var args = call.arguments(
      config: .init(rebasing: payload[texts.config]), cursor: .init(rebasing: payload[texts.cursor]),
      bookmark: .init(rebasing: payload[texts.bookmark]))
    guard let opened = table.pointee.open(table, &args, recorder.table) else {
      return ReplyHead(status: SIS_OK)
    }
    let facts = SessionFacts(reading: opened)
    if facts.hasFunctions { session = opened }
    return ReplyHead(status: SIS_OK, session: facts)
  }

  private func next(_ payload: UnsafeRawBufferPointer) throws(WireError) -> sis_status {
    var turn = try NextCall(RawSpan(_unsafeBytes: payload)).turn
    let session = try opened()
    return session.pointee.next(session, &turn, recorder.table)
  }

  private func feed(_ payload: UnsafeRawBufferPointer) throws(WireError) -> sis_status {
    let (call, texts) = try FeedCall.read(RawSpan(_unsafeBytes: payload))
    let session = try opened()
    func view(_ place: Range<Int>) -> UnsafeRawBufferPointer { .init(rebasing: payload[place]) }
    let headers = texts.headers.map {
      sis_header(name: sis_bytes(view($0.name)), value: sis_bytes(view($0.value)))
    }
    return headers.withUnsafeBufferPointer { headers in
      var response = call.response(headers: headers, body: view(texts.body))
      return session.pointee.feed(session, &response, recorder.table)
    }
  }

  private func opened() throws(WireError) -> UnsafeMutablePointer<sis_session> {
    guard let session else { throw WireError("the host called a session that is not open") }
    return session
  }
}
