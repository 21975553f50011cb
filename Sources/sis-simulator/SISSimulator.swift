import Glibc
import SimulatorKit

/// Parses, wires, runs. Exit status: 0 done, 1 cannot serve, 2 usage.
@main enum SISSimulator {
  static func main() {
    do throws(UsageError) {
      switch try SimulatorCommand(Array(CommandLine.arguments.dropFirst())) {
      case .help: StandardStream.output.write(SimulatorHelp.text)
      case .truth(let source, let options): truth(source, options)
      case .serve(let sis, let options): exit(SimulatorProcess(sis, options).run())
      }
    } catch {
      StandardStream.error.write("sis-simulator: \(error.description)\n")
      exit(2)
    }
  }

  private static func truth(_ source: DistrictTruth.Source, _ options: SimulatorOptions) {
    DistrictTruth(District(options.plan), source: source) { bytes in
      guard StandardStream.output.write(bytes.raw) else {
        let reason = String(cString: strerror(errno))
        StandardStream.error.write("sis-simulator: cannot write the truth to stdout: \(reason).\n")
        exit(1)
      }
    }.write()
  }
}
