import HostModel
import ProviderRuntime
import SyncCore
import TestSupport

/// A session of a provider under `Tests/Fixtures`, in this process.
struct FixtureSession {
  static let now = HostInstant(milliseconds: 1_790_000_000_000)
  let session: InProcessSession

  init(file: String) async throws { try await self.init(try ProviderLibrary.load(file)) }

  init(_ source: String, _ defines: [String] = []) async throws {
    try await self.init(file: try Fixture.provider(source, defines))
  }

  init(_ library: ProviderLibrary) async throws(ProviderFault) {
    session = try await InProcessSession.open(library, SessionOpening(maxInFlight: 2, now: Self.now))
  }

  func next(grant: Int = 1) async throws(ProviderFault) -> SessionAnswer {
    try await session.next(grant: grant, now: Self.now)
  }

  /// Answers request 1.
  func feed(_ body: String, status: Int = 200, grant: Int = 1) async throws(ProviderFault) -> SessionAnswer {
    try await session.feed(
      1, HTTPResponse(status: status, body: Array(body.utf8)), grant: grant, now: Self.now)
  }

  func close() async { await session.close() }

  /// What a new session makes of one answer.
  static func answer(_ library: ProviderLibrary, to body: String) async -> Result<
    SessionAnswer, ProviderFault
  > {
    do throws(ProviderFault) {
      let session = try await FixtureSession(library)
      _ = try await session.next()
      let result: Result<SessionAnswer, ProviderFault>
      do throws(ProviderFault) { result = .success(try await session.feed(body)) } catch {
        result = .failure(error)
      }
      await session.close()
      return result
    } catch { return .failure(error) }
  }
}

extension SessionAnswer {
  /// The canonical form of each record.
  var records: [String] { batch.entries.map { batch.json(of: $0) } }
}

extension Result where Failure == ProviderFault {
  var fault: ProviderFault? { if case .failure(let fault) = self { fault } else { nil } }
}
