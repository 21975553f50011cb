import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import HostRuntime
import JSON5
import SyncCore

/// `demo`: a simulated district, a real config, two real syncs, and what they took.
struct DemoCommand {
  static let integration = "demo"
  static let secret = "open-sesame"
  /// What a real PowerSchool would never be asked: said openly in the output.
  static let perMinute = 1_000_000

  let command: ParsedCommand
  let console: Console

  init(_ command: ParsedCommand, _ console: Console) {
    self.command = command
    self.console = console
  }

  func run() async throws -> ExitCode {
    let stop = try StopSignal()
    let tools = try DemoTools.find()
    let students = command[Options.students] ?? 10_000
    let folder = try DemoFolder.make(command[Options.folder], temporary: command[Options.once])
    defer { if command[Options.once], !command[Options.keep] { folder.remove() } }
    let simulator = try ChildProcess(
      tools.simulator,
      [
        "powerschool", "--students", "\(students)", "--port", "\(command[Options.port] ?? 0)", "--client-id",
        "homeroom", "--client-secret", Self.secret, "--exit-with-parent",
      ])
    defer { simulator.stop() }
    let url = try address(simulator)
    try folder.write(url: url, providers: tools.providers)
    try console.line("simulated district  \(Figures.grouped(students)) students at \(url)")
    try console.line("folder              \(folder.path)")
    try console.line(
      "rate limit          raised to \(Figures.grouped(Self.perMinute)) requests a minute for the simulator; "
        + "a real PowerSchool is asked 60\n")
    let host = try await Host.open(
      try ConfigLocator.load(folder.path + "/homeroom.json5"), environment: Environment.all)
    guard let integration = host.config.integration(Self.integration) else {
      throw HostError(
        .unknown, "demo", "The demo's config lost its integration", advice: "This is a bug of Homeroom")
    }
    for title in ["First sync", "Second sync: nothing has changed since"] {
      let code = try await sync(title, integration, host, stop)
      guard code == .ok else { return code }
    }
    guard !command[Options.once] else { return .ok }
    try console.line("The simulator stays up until Ctrl-C. Meanwhile, in another terminal:")
    try console.line("  cd \(folder.path) && \(tools.folder)/homeroom status")
    try console.line("  \(tools.folder)/homeroom export --config \(folder.path)/homeroom.json5 | head -3")
    _ = await stop.wait()
    return .ok
  }

  private func address(_ simulator: ChildProcess) throws -> String {
    let prefix = "listening on "
    guard let line = simulator.readLine(timeoutMilliseconds: 60_000), line.hasPrefix(prefix) else {
      throw HostError(
        .unknown, "demo-simulator", "The simulator did not start (\(simulator.stop()))",
        advice: "Its own words stand above; another --port may help")
    }
    return String(line.dropFirst(prefix.count))
  }

  private func sync(
    _ title: String, _ integration: IntegrationConfig, _ host: Host, _ stop: StopSignal
  ) async throws -> ExitCode {
    let before = cpuSeconds
    let display = ProgressDisplay(Self.integration, isQuiet: console.isJSON)
    let outcome = await stop.cancelling {
      do {
        return Result<SyncReport, any Error>.success(
          try await host.sync(integration, full: false, isDryRun: false) { display.show($0) })
      } catch { return .failure(error) }
    }
    display.end()
    let report = try outcome.get()
    try console.line(title)
    let code = try SyncReportView(integration: integration.id, report: report, console: console).show(
      stoppedBy: stop.signal)
    guard code == .ok else { return code }
    let cpu = cpuSeconds - before
    let peak = ProcessUsage().peakResidentBytes
    let perSecond = Int(exactly: (Double(report.statistics.received) / max(cpu, 0.001)).rounded()) ?? 0
    let changes = report.tallies.values.reduce(0) { $0 + $1.changes }
    try console.line("")
    try console.line("changes             \(Figures.grouped(changes))")
    try console.line("wall time           \(Figures.seconds(report.elapsedMilliseconds)) s")
    let seconds = Figures.seconds(Int64(cpu * 1000))
    try console.line(
      "CPU time            \(seconds) s of host and provider, without the simulator"
    )
    try console.line("peak memory         \(Figures.megabytes(peak)) of the host")
    try console.line("records per CPU s   \(Figures.grouped(perSecond))\n")
    try console.object(
      .members([
        "changes": .number(changes), "wallMilliseconds": .integer(report.elapsedMilliseconds),
        "cpuSeconds": .decimal(cpu), "peakBytes": .integer(peak),
        "recordsPerCPUSecond": .number(perSecond),
      ]))
    return .ok
  }

  /// Of this process and of the provider's, which ends with its run. The simulator goes on and does not count.
  private var cpuSeconds: Double { ProcessUsage().cpuSeconds + ProcessUsage(.endedChildren).cpuSeconds }
}
