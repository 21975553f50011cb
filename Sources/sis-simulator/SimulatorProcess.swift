import Glibc
import SimulatorKit

/// The serving process: builds the district, starts the server, waits for signals.
struct SimulatorProcess {
  private let options: SimulatorOptions
  private let simulation: Simulation

  init(_ sis: SimulatorCommand.SIS, _ options: SimulatorOptions) {
    self.options = options
    simulation = Simulation(sis, options)
  }

  /// The exit status.
  func run() -> Int32 {
    let parent = getppid()
    let signals = block()
    var server = options.server
    if let path = options.logPath {
      guard let log = RequestLog(path: path) else {
        return fail("cannot open the log \(path): \(String(cString: strerror(errno))).")
      }
      server.log = log
    }
    let listener = HTTPServer(server, service: simulation.service) { [simulation] request, answer in
      simulation.control(request, answer)
    }
    do throws(HTTPServer.Failure) {
      try listener.start()
    } catch {
      return fail(error.description)
    }
    StandardStream.output.write("listening on http://\(server.host):\(listener.port)\n")
    wait(signals, parent: parent)
    listener.stop()
    return 0
  }

  /// Blocked before the first thread starts, so that all of them inherit it and only `wait` sees the signals.
  private func block() -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGTERM, SIGINT, SIGHUP, SIGUSR1] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    return signals
  }

  /// Returns when the process is to end. The parent is looked at four times a second: a parent-death signal
  /// would come already when the parent's thread that started this process ends, which hosts with thread
  /// pools do at any time.
  private func wait(_ signals: sigset_t, parent: pid_t) {
    var signals = signals
    var pause = timespec(tv_sec: 0, tv_nsec: 250_000_000)
    while true {
      let signal = options.exitsWithParent ? sigtimedwait(&signals, nil, &pause) : sigwaitinfo(&signals, nil)
      switch signal {
      case SIGUSR1: simulation.nextDay()
      case SIGTERM, SIGINT, SIGHUP: return
      default: break
      }
      if options.exitsWithParent, getppid() != parent { return }
    }
  }

  private func fail(_ message: String) -> Int32 {
    StandardStream.error.write("sis-simulator: \(message)\n")
    return 1
  }
}
