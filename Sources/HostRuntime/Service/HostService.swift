import HostModel
import HostPlatform
import JSON5
import SyncCore

/// The running host: syncs what has a schedule, and does what commands of this machine ask it to.
///
/// One integration's failure, and one bad provider, concern nobody else; it also runs with none.
package actor HostService {
  private let host: Host
  private let clock: any HostClock
  private let socket: ControlSocket
  /// One line a fact.
  private let log: @Sendable (String) -> Void

  /// - Throws: a `HostError` where another host listens on the control socket.
  package init(_ host: Host, clock: any HostClock, log: @escaping @Sendable (String) -> Void) throws(HostError) {
    self.host = host
    self.clock = clock
    self.log = log
    do { socket = try ControlSocket(path: host.config.controlSocket) } catch {
      throw HostError(
        .configuration, "control-socket", "The host \(error)",
        advice: "Stop the other host, or give this one a database of its own")
    }
  }

  /// Runs until the task is cancelled. Runs under way store what they have in hand.
  package func run() async {
    let scheduled = host.config.integrations.filter { $0.isEnabled && $0.everyMinutes != nil }
    socket.serve { [self] line in await answer(line) }
    log(
      "serving \(host.config.integrations.count) integrations, \(scheduled.count) of them on a schedule; "
        + "control socket \(socket.path)")
    await withTaskGroup(of: Void.self) { group in
      for integration in scheduled { group.addTask { await self.keep(integration, among: scheduled.count) } }
      if host.config.reloadsOnChange { group.addTask { await self.watchFiles() } }
      // Without a schedule there is only waiting for commands.
      group.addTask { [clock] in try? await clock.sleep(until: HostInstant(milliseconds: .max)) }
    }
    socket.close()
    log("stopped")
  }

  // MARK: - Schedule

  /// Syncs one integration again and again, the first time soon after the start.
  private func keep(_ integration: IntegrationConfig, among count: Int) async {
    let period = Int64(integration.everyMinutes ?? 1) * 60_000
    // So that a hundred integrations do not start at once: five a second, within a tenth of the period.
    let spread = min(period / 10, Int64(count) * 200)
    var due = clock.now.advanced(byMilliseconds: Int64(Double(spread) * clock.random))
    while !Task.isCancelled {
      do { try await clock.sleep(until: due) } catch { return }
      due = clock.now.advanced(byMilliseconds: period)
      if let resumeAt = await sync(integration), resumeAt < due { due = resumeAt }
    }
  }

  /// - Returns: when a run that was parked goes on.
  private func sync(_ integration: IntegrationConfig) async -> HostInstant? {
    do {
      let report = try await host.sync(integration, full: false, isDryRun: false) { _ in }
      let changes = report.tallies.values.reduce(0) { $0 + $1.changes }
      let because = report.error.map { ": \($0)" } ?? ""
      log("\(integration.id): run \(report.run) \(report.state.rawValue), \(changes) changes\(because)")
      return report.resumeAt
    } catch {
      log("\(integration.id): not begun: \(error)")
      return nil
    }
  }

  // MARK: - Providers

  /// Looks at the provider folders again (SIGHUP, `providers reload`, a changed file).
  ///
  /// - Parameter id: only this provider.
  package func reload(_ id: String? = nil) async -> [ReloadOutcome] {
    let outcomes = await host.reload(id)
    for outcome in outcomes where outcome.result != .unchanged { log("provider \(outcome.sentence)") }
    return outcomes
  }

  /// Reloads when a file of the provider folders has changed and then stayed the same for a while: a copy under way is
  /// not taken for a whole file.
  private func watchFiles() async {
    var loaded = FolderSignature(host.config.providers)
    var last = loaded
    while !Task.isCancelled {
      do { try await clock.sleep(until: clock.now.advanced(byMilliseconds: 1_000)) } catch { return }
      let now = FolderSignature(host.config.providers)
      if now == last, now != loaded {
        loaded = now
        _ = await reload()
      }
      last = now
    }
  }

  // MARK: - Commands

  /// Answers one request line (`ControlRequest`) with one line of JSON.
  private func answer(_ line: String) async -> String {
    guard let request = ControlRequest(line) else {
      return HostError(
        .configuration, "control-request", "The running host does not know this request",
        advice: "Use the homeroom command of the same version"
      ).json.text
    }
    switch request {
    case .reload(let id):
      return JSONValue.members(["reloaded": .array(await reload(id).map(\.json))]).text
    case .providers:
      let (statuses, refused) = await host.providerStatuses()
      return JSONValue.members([
        "providers": .array(statuses.map(\.json)), "refused": .array(refused.map(\.json)),
      ]).text
    }
  }
}
