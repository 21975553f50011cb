import Foundation
import HostModel
import HostPlatform
import TestSupport
import Testing

struct PlatformTests {
  @Test func `the clock tells today's time and never goes back`() {
    let clock = SystemClock()
    let wall = Int64(Date().timeIntervalSince1970 * 1000)
    #expect(abs(clock.now.milliseconds - wall) < 5_000)
    var last = clock.now
    for _ in 0..<1000 {
      let now = clock.now
      #expect(now >= last)
      last = now
    }
  }

  @Test func `random fractions are below one and spread`() {
    let drawn = (0..<4000).map { _ in Entropy.fraction() }
    #expect(drawn.allSatisfy { (0..<1).contains($0) })
    let mean = drawn.reduce(0, +) / 4000
    #expect((0.45...0.55).contains(mean))
    #expect(Set(drawn).count == 4000)
  }

  @Test func `usage grows with work and knows the peak`() {
    let before = ProcessUsage()
    var sum: UInt64 = 0
    repeat {
      for i in 0..<100_000 as Range<UInt64> { sum &+= i }
    } while ProcessUsage().cpuSeconds <= before.cpuSeconds
    #expect(sum > 0)
    #expect(before.peakResidentBytes > 1 << 20)
    #expect(ProcessUsage().peakResidentBytes >= before.peakResidentBytes)
  }

  @Test func `a pipe is no terminal and wants no colour`() throws {
    let pipe = Pipe()
    let terminal = Terminal(
      descriptor: pipe.fileHandleForWriting.fileDescriptor, environment: ["TERM": "xterm"])
    #expect(!terminal.isLive)
    #expect(!terminal.usesColour)
    #expect(terminal.width == 80)
    try terminal.write("hello\n")
    #expect(pipe.fileHandleForReading.availableData == Data("hello\n".utf8))
  }

  @Test func `a write that nobody reads is an error, not the end of the process`() throws {
    SignalWatcher.ignoreBrokenPipes()
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    #expect {
      try Terminal(descriptor: pipe.fileHandleForWriting.fileDescriptor).write("x")
    } throws: { ($0 as? PlatformError)?.code == EPIPE }
  }

  @Test func `a file is there whole after commit, and not at all before`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("roster.jsonl").path
    let file = try AtomicFile(path, mode: 0o600)
    try file.write(Array("whole".utf8))
    #expect(!FileManager.default.fileExists(atPath: path))
    try file.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "whole")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a file that is given up leaves nothing, and the old one stays`() throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("roster.jsonl", "old")
    do {
      let file = try AtomicFile(target.path)
      try file.write(Array("new".utf8))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["roster.jsonl"])
    #expect(try String(contentsOf: target, encoding: .utf8) == "old")
    #expect(throws: PlatformError.self) { try AtomicFile(folder.file("no/such/folder").path) }
  }

  @Test func `signals come through the stream, each with its number`() async throws {
    let stream = try SignalWatcher.watch([SIGUSR1, SIGUSR2])
    kill(getpid(), SIGUSR1)
    var iterator = stream.makeAsyncIterator()
    #expect(await iterator.next() == SIGUSR1)
    kill(getpid(), SIGUSR2)
    #expect(await iterator.next() == SIGUSR2)
  }
}
