import Foundation
import HostModel
import ProviderRuntime
import SyncCore
import TestSupport

/// One enumeration by the provider's own file, driven against a `WireDistrict`.
struct Enumeration {
  /// What one call into the session brought.
  struct Step {
    var records: [String: String] = [:]
    var rejects: [RecordReject] = []
    var ends: [StreamEnd] = []
    var cursor: Cursor?
  }

  /// Loaded once: it is a function without memory.
  private static let library = Result { try ProviderLibrary.load(BuiltTool.provider("powerschool").path, trust: .notConfigured) }

  var steps: [Step] = []
  var targets: [String] = []
  var notes: [String] = []

  /// All records, by `user S4001`, the last one sent.
  var records: [String: String] { steps.reduce(into: [:]) { $0.merge($1.records) { $1 } } }
  var rejects: [RecordReject] { steps.flatMap(\.rejects) }
  var ends: [StreamEnd] { steps.flatMap(\.ends) }

  /// The kinds that were read to their end.
  var complete: Set<String> { Set(ends.filter(\.complete).map(\.kind.name)) }
  /// The kinds of which nothing may be removed: partial, or with a reject of unknown id.
  var spared: Set<String> {
    Set(ends.filter { !$0.complete }.map(\.kind.name))
      .union(rejects.filter { $0.sourcedID.isEmpty }.compactMap { $0.kind?.name })
  }

  /// - Parameters:
  ///   - once: a path whose list has one page only: every later one is empty.
  ///   - lifo: answers come in the opposite order of their requests.
  /// - Throws: what the provider reports.
  init(
    _ district: WireDistrict, config: String = "{}", cursor: Cursor? = nil, inFlight: Int = 1,
    pageSize: Int = 0,
    once: String? = nil, lifo: Bool = false
  ) async throws {
    var district = district
    let library = try Self.library.get()
    let now = HostInstant(milliseconds: 1_700_000_000_000)
    let session = try await InProcessSession.open(
      library,
      SessionOpening(
        config: Array(config.utf8), cursor: cursor, maxInFlight: inFlight, pageSize: pageSize, now: now))
    var open: [ProviderRequest] = []
    func take(_ answer: SessionAnswer) -> Bool {
      open += answer.requests
      targets += answer.requests.map(\.target)
      notes += answer.notes.map(\.text)
      var step = Step(rejects: answer.rejects, ends: answer.ends, cursor: answer.resume)
      for entry in answer.batch.entries {
        step.records["\(entry.kind.name) \(answer.batch.sourcedID(of: entry))"] = answer.batch.json(of: entry)
      }
      steps.append(step)
      return answer.isDone
    }
    do {
      var isDone = take(try await session.next(grant: inFlight, now: now))
      while !isDone {
        guard let request = lifo ? open.popLast() : open.isEmpty ? nil : open.removeFirst() else { break }
        var response = district.answer(request.target)
        if let once, request.target.hasPrefix(once + "?"), !request.target.contains("?page=1&"),
          !request.target.contains("&page=1&")
        {
          response = HTTPResponse(status: 204)
        }
        let answer = try await session.feed(
          request.id, response, grant: inFlight - open.count, now: now)
        isDone = take(answer)
      }
      await session.close()
    } catch {
      await session.close()
      throw error
    }
  }
}
