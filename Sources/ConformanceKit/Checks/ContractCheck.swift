import HostModel
import ProviderRuntime
import Recordings
import SyncCore

/// Runs each recording through the host's own session, which refuses every broken rule of the sink.
struct ContractCheck: Check {
  let name = "contract"
  let proves = "all that it emits while a recording is replayed keeps the rules and limits of the host"
  let needs = CheckNeeds.recording

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let library: ProviderLibrary
    do throws(HostError) {
      library = try ProviderLibrary.load(context.file, trust: .notConfigured, isolation: .process)
    } catch {
      return CheckReport("", notRun: "a host does not load it, see lint and load")
    }
    var (records, rejects) = (0, 0)
    for recording in context.recordings {
      var run = HostedRun(recording, library)
      try await run.play(context.trace)
      records += run.records
      rejects += run.rejects
    }
    return "\(records) records, \(rejects) set aside"
  }
}

/// One recording in the host's session.
private struct HostedRun {
  let recording: LoadedRecording
  let library: ProviderLibrary
  var records = 0
  var rejects = 0
  private var book: AnswerBook
  private var underWay: [(ProviderRequest, RecordedExchange?)] = []

  init(_ recording: LoadedRecording, _ library: ProviderLibrary) {
    self.recording = recording
    self.library = library
    book = recording.book
  }

  mutating func play(_ trace: CallTrace) async throws(CheckFailure) {
    let opening = recording.opening
    let session: InProcessSession
    do throws(ProviderFault) { session = try await InProcessSession.open(library, opening) } catch {
      return try judge(error, "open")
    }
    var isDone = false
    while !isDone {
      let grant = opening.maxInFlight - underWay.count
      let (call, answer) =
        try await underWay.isEmpty ? ask(session, grant) : feed(session, grant + 1)
      guard let answer else { break }
      try take(answer, call)
      isDone = answer.isDone
      if !isDone, underWay.isEmpty, call.hasPrefix("next"), answer.batch.entries.isEmpty, answer.resume == nil
      {
        break
      }
    }
    await session.close()
  }

  private mutating func ask(
    _ session: InProcessSession, _ grant: Int
  ) async throws(CheckFailure) -> (String, SessionAnswer?) {
    let call = "next(grant \(grant))"
    do throws(ProviderFault) {
      return (call, try await session.next(grant: grant, now: recording.opening.now))
    } catch {
      try judge(error, call)
      return (call, nil)
    }
  }

  private mutating func feed(
    _ session: InProcessSession, _ grant: Int
  ) async throws(CheckFailure) -> (String, SessionAnswer?) {
    let (request, exchange) = underWay[0]
    guard let exchange else { return ("", nil) }
    let call = "feed(request \(request.id), \(request.place))"
    do throws(ProviderFault) {
      let answer = try await session.feed(
        request.id, recording.response(exchange), grant: grant, now: exchange.at)
      underWay.removeFirst()
      return (call, answer)
    } catch {
      try judge(error, call)
      guard error.repeatsRequest, let next = book.next(request), next.number != exchange.number else {
        return (call, nil)
      }
      underWay[0].1 = next
      return (call, SessionAnswer())
    }
  }

  /// A provider may fail; it may not break a rule.
  private func judge(_ fault: ProviderFault, _ call: String) throws(CheckFailure) {
    guard fault.code == .contract || fault.code == .internal else { return }
    throw CheckFailure(fault.message, call: call, recording: recording.name)
  }

  private mutating func take(_ answer: SessionAnswer, _ call: String) throws(CheckFailure) {
    records += answer.batch.entries.count
    rejects += answer.rejects.count
    let version = UInt32(clamping: library.manifest.cursorVersion)
    for cursor in [answer.resume, answer.bookmark].compactMap({ $0 }) where cursor.version != version {
      throw CheckFailure(
        "it writes a cursor of version \(cursor.version); its manifest says \(version)", call: call,
        recording: recording.name)
    }
    for request in answer.requests { underWay.append((request, book.next(request))) }
  }
}
