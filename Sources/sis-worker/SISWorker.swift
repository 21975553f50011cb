import CSISPlugin
import Glibc
import ProviderABI
import WorkerProtocol

/// One provider in a process without rights. The host starts it with a socket as descriptor 3 and the
/// provider's sealed file as descriptor 4 (docs/decisions/0009-worker-processes.md).
@main
struct SISWorker {
  static let socket: CInt = 3
  static let file: CInt = 4

  static func main() {
    guard CommandLine.arguments.count == 1, isSocket(socket) else { explain() }
    var connection = HostConnection(descriptor: socket)
    guard let frame = connection.receive(), frame.header.kind == .hello,
      let hello = try? WorkerHello(RawSpan(_unsafeBytes: frame.payload)),
      hello.version == WorkerHello.currentVersion
    else { fail("was greeted by a host of another build: install homeroom and sis-worker together") }

    // Before a byte of the provider is mapped: its constructors run inside all of this.
    var sandbox = Sandbox()
    sandbox.enter(hello, tellingTo: socket)
    let table: UnsafePointer<sis_provider>
    do throws(LoadRefusal) {
      table = try ProviderImage.load(descriptor: file) { sandbox.tighten(tellingTo: socket) }
    } catch {
      connection.send(WorkerReady(sandbox: sandbox.report, provider: .refused(error)).frame)
      _exit(0)
    }
    connection.send(WorkerReady(sandbox: sandbox.report, provider: .loaded(TableFacts(reading: table))).frame)

    let server = CallServer(table) { connection.send($0) }
    while let frame = connection.receive() {
      guard (try? server.serve(frame.header, frame.payload)) == true else { break }
    }
    // Not exit(): what the provider registered for it is none of its calls.
    _exit(0)
  }

  private static func isSocket(_ descriptor: CInt) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  private static func explain() -> Never {
    let usage = """
      Usage: sis-worker is started by homeroom, never by hand.

      It runs one provider's code in a process that can open no file, no connection and no other process.

      """
    let isAsked = CommandLine.arguments.dropFirst().first == "--help"
    say(usage, to: isAsked ? STDOUT_FILENO : STDERR_FILENO)
    exit(isAsked ? 0 : 2)
  }

  private static func fail(_ words: String) -> Never {
    say("sis-worker \(words)\n", to: STDERR_FILENO)
    exit(2)
  }

  private static func say(_ words: String, to descriptor: CInt) {
    _ = Array(words.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
