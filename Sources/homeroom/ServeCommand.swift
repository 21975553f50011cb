import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime

/// `serve`
enum ServeCommand {
  static func run(_ command: ParsedCommand, _ console: Console) async throws -> ExitCode {
    let config = try Session.config(command)
    let (hangUps, hangUp) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let stop = try StopSignal(hangUp: { hangUp.yield() })
    let host = try await Host.open(config, environment: Environment.all)
    let service = try HostService(host, clock: SystemHostClock()) { line in
      // Nobody may be left to read it: the host goes on all the same.
      try? Terminal.output.write(line + "\n")
    }
    let reloading = Task { for await _ in hangUps { _ = await service.reload() } }
    await stop.cancelling { await service.run() }
    reloading.cancel()
    return .ok
  }
}
