import HostModel
import SyncCore
import WorkerProtocol

/// A session whose provider runs in a worker process of its own, without rights. What the worker says that
/// the provider did with its sink is done again on the sink that an in-process session has: so both give the
/// same answers.
///
/// A crash, an exit, a call that takes too long, a memory limit and a broken protocol are one kind of fault,
/// `crashed`, and the worker is gone by then. Nothing that a worker sends is trusted.
package actor WorkerSession: ProviderSession {
  /// What of its sandbox the worker could apply.
  package private(set) var sandbox = SandboxReport()
  /// Its process, for those who measure or end it from outside.
  package nonisolated let processID: Int32

  private let connection: WorkerConnection
  private let replayed: ReplayedSink
  private var call: UInt32 = 0
  /// Why it can only be closed.
  private var fault: ProviderFault?

  init(_ process: WorkerProcess, _ loop: WorkerLoop, _ limits: WorkerLimits, _ manifest: ProviderManifest) {
    processID = process.processID
    connection = WorkerConnection(process, loop, limits)
    replayed = ReplayedSink(manifest)
  }

  private var sink: SessionSink { replayed.sink }

  /// Has the worker apply its limits and load the provider. The first call.
  ///
  /// - Throws: `crashed`.
  func greet(_ hello: WorkerHello) async throws(ProviderFault) -> WorkerReady {
    do throws(WorkerConnection.Interruption) {
      try await connection.send(hello.frame)
      let frame = try await connection.receive(call: 0)
      let ready = try read(frame, as: .ready) { (payload) throws(WireError) in try WorkerReady(payload) }
      sandbox = ready.sandbox
      return ready
    } catch { throw await ended(error, request: 0) }
  }

  func open(_ opening: SessionOpening) async throws(ProviderFault) {
    sink.begin(grant: 0)
    call += 1
    let reply = try await perform(
      OpenCall(opening).frame(
        call: call, config: opening.config, cursor: opening.cursor?.bytes ?? [],
        bookmark: opening.bookmark?.bytes ?? []))
    try sink.endOpening(reply.session)
  }

  package func next(grant: Int, now: HostInstant) async throws(ProviderFault) -> SessionAnswer {
    sink.begin(grant: grant)
    call &+= 1
    let reply = try await perform(NextCall(grant: grant, now: now).frame(call: call))
    return try sink.end(status: reply.status, request: 0)
  }

  package func feed(
    _ requestID: UInt64, _ response: HTTPResponse, grant: Int, now: HostInstant
  ) async throws(ProviderFault) -> SessionAnswer {
    sink.begin(grant: grant)
    call &+= 1
    let head = FeedCall(requestID, response, grant: grant, now: now).frame(
      call: call, headers: response.headers.map { ($0.name, $0.value) }, bodyLength: response.body.count)
    let reply = try await perform(head, response.body, request: requestID)
    return try sink.end(status: reply.status, request: requestID)
  }

  package func close() async {
    if fault == nil { fault = ProviderFault(.contract, "the session is closed") }
    await connection.close()
  }

  // MARK: - One call

  /// Sends a call and does what it brought forth on the sink.
  private func perform(
    _ head: [UInt8], _ body: [UInt8] = [], request: UInt64 = 0
  ) async throws(ProviderFault) -> ReplyHead {
    if let fault { throw fault }
    do throws(WorkerConnection.Interruption) {
      try await connection.send(head, body)
      while true {
        let frame = try await connection.receive(call: call)
        if frame.header.kind == .emitted {
          try emit(frame.payload, from: 0)
          // It may go on for long, and nothing of it will be kept.
          if sink.violation != nil { throw .failure(.brokeProtocol("it went on after it was refused")) }
        } else {
          let reply = try read(frame, as: .reply) { (payload) throws(WireError) in
            var reader = WireReader(payload, of: "reply")
            return try ReplyHead(&reader)
          }
          try emit(frame.payload, from: ReplyHead.byteCount)
          return reply
        }
      }
    } catch { throw await ended(error, request: request) }
  }

  private func emit(
    _ payload: UnsafeRawBufferPointer, from offset: Int
  ) throws(WorkerConnection.Interruption) {
    do throws(WireError) { try replayed.perform(payload, from: offset) } catch {
      throw .failure(.brokeProtocol(error.sentence))
    }
  }

  private func read<Message>(
    _ frame: FrameInbox.Frame, as kind: FrameKind, _ message: (RawSpan) throws(WireError) -> Message
  ) throws(WorkerConnection.Interruption) -> Message {
    do throws(WireError) {
      guard frame.header.kind == kind else {
        throw WireError("it sent \(frame.header.kind) where \(kind) is due")
      }
      return try message(RawSpan(_unsafeBytes: frame.payload))
    } catch { throw .failure(.brokeProtocol(error.sentence)) }
  }

  /// Ends the worker. From now on there is only this fault.
  private func ended(
    _ interruption: WorkerConnection.Interruption, request: UInt64
  ) async -> ProviderFault {
    // Against an in-process session the provider would have met a refusal: the rule that it broke is the
    // fault.
    let violation = sink.violation
    let failure = await connection.end(interruption)
    let found = violation ?? failure.fault(lastLine: connection.lastLine(), request: request)
    fault = found
    return found
  }
}
