import HostModel
import OAuthCore
import SyncCore

/// The only holder of tokens at run time: one per integration, one request per expiry however many ask.
///
/// Tokens live in memory; a later step puts them into the vault without changing the callers.
package actor TokenBroker {
  /// A credential on its way into one request, and which one it is, so that a refusal hits only that one.
  package struct Grant: Sendable {
    package let header: HTTPHeader?
    package let generation: Int
  }

  /// What an integration authenticates with.
  package enum Scheme: Sendable {
    case none
    case bearer(@Sendable () throws(HostError) -> String)
    /// The credentials are read each time they are needed, so that a rotated secret is seen.
    case clientCredentials(tokenURL: String, @Sendable () throws(HostError) -> ClientCredentials)
  }

  private struct Entry {
    var scheme: Scheme
    var token: AccessToken?
    var generation = 0
    var fetch: Fetch?
  }

  /// A request for a token on its way, and who waits for it.
  private struct Fetch {
    let number: Int
    let task: Task<Void, Never>
    var waiting: [Int: CheckedContinuation<Result<Grant, HostError>, Never>] = [:]
  }

  private let transport: any Transport
  private let clock: any HostClock
  private var entries: [IntegrationID: Entry] = [:]
  /// The last number of a fetch or of one who waits for it.
  private var lastNumber = 0

  package init(transport: any Transport, clock: any HostClock) {
    self.transport = transport
    self.clock = clock
  }

  package func register(_ integration: IntegrationID, scheme: Scheme) {
    if entries[integration] == nil { entries[integration] = Entry(scheme: scheme) }
  }

  /// The credential to send now.
  ///
  /// - Parameter refused: the generation of a grant that the SIS answered with 401; that token is dropped, a
  ///   newer one is not.
  package func grant(_ integration: IntegrationID, refused: Int?) async throws(HostError) -> Grant {
    guard let entry = entries[integration] else {
      preconditionFailure("integration \(integration) was never registered with the broker")
    }
    switch entry.scheme {
    case .none: return Grant(header: nil, generation: 0)
    case .bearer(let read): return Grant(header: Self.header(try read()), generation: 0)
    case .clientCredentials(let url, let credentials):
      if refused == entry.generation { entries[integration]?.token = nil }
      if let token = entries[integration]?.token, clock.now < token.dueAt {
        return Grant(header: Self.header(token.value), generation: entry.generation)
      }
      return try await fetch(integration, url: url, credentials: credentials)
    }
  }

  /// Joins the request that is under way, or makes it. It records what it got before anybody goes on, so that
  /// whoever waits for it, in any order, sees the same token under the same generation. Whoever is cancelled
  /// goes on at once; the request is given up when nobody waits for it any more.
  private func fetch(
    _ integration: IntegrationID, url: String,
    credentials: @escaping @Sendable () throws(HostError) -> ClientCredentials
  ) async throws(HostError) -> Grant {
    guard !Task.isCancelled else { throw Self.stopped }
    if entries[integration]?.fetch == nil { begin(integration, url: url, credentials: credentials) }
    lastNumber += 1
    let number = lastNumber
    let result: Result<Grant, HostError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume(returning: .failure(Self.stopped)) }
        entries[integration]?.fetch?.waiting[number] = continuation
      }
    } onCancel: {
      Task { await self.leave(integration, number) }
    }
    return try result.get()
  }

  private func begin(
    _ integration: IntegrationID, url: String,
    credentials: @escaping @Sendable () throws(HostError) -> ClientCredentials
  ) {
    lastNumber += 1
    let number = lastNumber
    let task = Task { [transport, clock] in
      let result = await Self.request(url: url, credentials: credentials, transport: transport, clock: clock)
      self.finish(integration, number, result)
    }
    entries[integration]?.fetch = Fetch(number: number, task: task)
  }

  private func finish(_ integration: IntegrationID, _ number: Int, _ result: Result<AccessToken, HostError>) {
    guard let fetch = entries[integration]?.fetch, fetch.number == number else { return }
    entries[integration]?.fetch = nil
    let grant = result.map { token in
      entries[integration]?.token = token
      entries[integration]?.generation += 1
      return Grant(header: Self.header(token.value), generation: entries[integration]?.generation ?? 0)
    }
    for continuation in fetch.waiting.values { continuation.resume(returning: grant) }
  }

  private func leave(_ integration: IntegrationID, _ number: Int) {
    let left = entries[integration]?.fetch?.waiting.removeValue(forKey: number)
    left?.resume(returning: .failure(Self.stopped))
    if let fetch = entries[integration]?.fetch, fetch.waiting.isEmpty {
      fetch.task.cancel()
      entries[integration]?.fetch = nil
    }
  }

  private static let stopped = HostError(
    .unknown, "token-cancelled", "The wait for a token was cut short, since the run was stopped",
    isRetryable: true)

  private static func request(
    url: String, credentials: () throws(HostError) -> ClientCredentials, transport: any Transport,
    clock: any HostClock
  ) async -> Result<AccessToken, HostError> {
    let place = HTTPOrigin(url: url)?.description ?? "(bad URL)"
    let client: ClientCredentials
    do { client = try credentials() } catch { return .failure(error) }
    let requestedAt = clock.now
    do {
      let response = try await transport.perform(TokenRequest.clientCredentials(client, tokenURL: url))
      return TokenAnswer.read(
        status: response.status, members: TokenMembers(json: response.body), requestedAt: requestedAt,
        place: place)
    } catch {
      return .failure(
        HostError(
          .network, "token-\(error.code.rawValue)",
          "The token endpoint \(place) could not be reached (\(error.code.rawValue)): \(error.context)",
          advice: "Check that the SIS is up and reachable from this machine", isRetryable: true))
    }
  }

  private static func header(_ token: String) -> HTTPHeader { HTTPHeader("authorization", "Bearer " + token) }
}
