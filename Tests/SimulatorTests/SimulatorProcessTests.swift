import Glibc
import Testing

/// The executable itself, as a child process.
@Suite struct SimulatorProcessTests {
  /// The build's directory: where the test runner stands.
  private var executable: String {
    var path = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &path, path.count)
    let runner = String(decoding: path.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Under SwiftPM on Linux the runner is the test bundle, which lies beside the products.
    let directory = runner.split(separator: "/").dropLast().joined(separator: "/")
    return "/\(directory)/sis-simulator"
  }

  /// Starts it with its stdout and stderr in a pipe. Answers its id and the pipe.
  private func spawn(_ arguments: [String]) throws -> (pid_t, Int32) {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child = pid_t()
    let status = posix_spawn(&child, executable, &actions, nil, &words, environ)
    close(ends[1])
    try #require(status == 0, "cannot start \(executable)")
    return (child, ends[0])
  }

  private func read(_ descriptor: Int32, until end: UInt8? = nil) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while Glibc.read(descriptor, &byte, 1) == 1 {
      bytes.append(byte)
      if byte == end { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func exitStatus(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }

  @Test func `the first line names the address, requests are logged, SIGUSR1 turns the day, SIGTERM ends it`() throws {
    let log = "/tmp/simulator-test-\(getpid()).log"
    defer { unlink(log) }
    let (child, output) = try spawn(["powerschool", "--students", "50", "--change", "20", "--log", log])
    defer { close(output) }
    let line = read(output, until: 10)
    #expect(line.hasPrefix("listening on http://127.0.0.1:"))
    let port = try #require(UInt16(line.dropFirst(30).dropLast()))
    let client = try #require(SocketClient(port: port))
    #expect(client.get("/_simulator")?.text.contains("\"day\":0") == true)
    kill(child, SIGUSR1)
    // The signal is taken by another thread: ask until it has been, 5 seconds at most.
    let deadline = time(nil) + 5
    while client.get("/_simulator")?.text.contains("\"day\":1") != true, time(nil) < deadline { sched_yield() }
    #expect(client.get("/_simulator")?.text.contains("\"day\":1") == true)
    #expect(client.get("/ws/v1/metadata?\"")?.status == 200)
    kill(child, SIGTERM)
    #expect(read(output) == "")
    #expect(exitStatus(child) == 0)
    let file = open(log, O_RDONLY)
    defer { close(file) }
    let text = read(file)
    #expect(text.hasPrefix("{\"time\":"))
    #expect(text.contains(#""method":"GET","target":"/ws/v1/metadata?\"","status":200,"bytes":"#))
  }

  @Test func `the truth goes to stdout, a mistake to one sentence and status 2`() throws {
    let tiny = ["truth", "powerschool", "--students=3", "--seed=5", "--schools=1", "--enrollments-per-student=1"]
    let (child, output) = try spawn(tiny)
    #expect(read(output) == TinyDistrict.truth)
    #expect(exitStatus(child) == 0)
    close(output)
    let (wrong, said) = try spawn(["powerschool", "--studnets", "3"])
    #expect(read(said) == "sis-simulator: Unknown option \"--studnets\"; did you mean --students?\n")
    #expect(exitStatus(wrong) == 2)
    close(said)
  }
}
