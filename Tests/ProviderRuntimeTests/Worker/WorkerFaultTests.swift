import Foundation
import HostModel
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

/// Whatever a provider does, the host is told by one kind of fault, and lives.
@Suite struct WorkerFaultTests {
  /// The fault of a session whose provider does `word` in `feed`.
  private func fault(_ word: String, _ limits: WorkerLimits = .test()) async throws -> ProviderFault {
    let session = try await ProviderLauncher.built(limits).open(WorkerFixture.provider("faulty"), word: word)
    let fault = try #require(await session.fault(), "\(word) was survived")
    // It is gone, and no zombie is left of it.
    #expect(kill(session.processID, 0) == -1 && errno == ESRCH)
    // From now on there is nothing but this fault.
    #expect(await session.fault()?.message == fault.message)
    await session.close()
    return fault
  }

  @Test(arguments: [
    ("segfault", "it crashed: signal 11 (SIGSEGV)"),
    ("abort", "it crashed: signal 6 (SIGABRT)"),
    ("overflow", "it crashed: signal 11 (SIGSEGV)"),
    ("exit", "it exited with status 0 in the middle of a call"),
    ("exit 7", "it exited with status 7 in the middle of a call"),
  ])
  func `a provider that ends its process is a crash, whatever its status`(word: String, sentence: String)
    async throws
  {
    let fault = try await fault(word)
    #expect(fault.code == .crashed)
    #expect(fault.message == sentence)
    #expect(fault.requestID == 1)
  }

  @Test(arguments: [
    ("close", "the system call close"), ("close all", "the system call close"),
    ("file", "the system call openat"),
    ("socket", "the system call socket"), ("fork", "the system call clone"),
    ("exec", "the system call execve"),
    ("sleep", "the system call clock_nanosleep"), ("kill", "the system call kill"),
    ("handler", "the system call rt_sigaction"), ("new code", "the system call mmap"),
    // All signals are blocked around this one: the kernel ends the process without a word of its own.
    ("thread", "a system call"),
  ])
  func `a provider that reaches for the system is ended, and the call is named`(word: String, call: String)
    async throws
  {
    let fault = try await fault(word)
    #expect(fault.code == .crashed)
    #expect(
      fault.message == "it made \(call), which no provider may: signal 31 (SIGSYS)")
  }

  // Long enough for a worker to start on a busy machine: starting it is a call, too.
  @Test func `a call that takes too long is ended at its deadline`() async throws {
    let fault = try await fault("loop", .test(milliseconds: 2_000))
    #expect(fault == ProviderFault(.crashed, "it did not answer within 2000 ms", requestID: 1))
  }

  @Test(arguments: ["hog", "leak"])
  func `a provider that takes memory without end reaches its limit, not the host's`(word: String) async throws
  {
    let session = try await ProviderLauncher.built(.test(megabytes: 96)).open(
      WorkerFixture.provider("faulty"), word: word)
    var fault: ProviderFault?
    var pages = 0
    while fault == nil, pages < 40 {
      pages += 1
      fault = await session.fault()
    }
    await session.close()
    let signal = word == "leak" ? "signal 6 (SIGABRT)" : "signal 11 (SIGSEGV)"
    #expect(fault?.code == .crashed)
    #expect(fault?.message == "it reached its memory limit of 96 MiB: \(signal)")
    #expect(word == "hog" ? pages == 1 : (2..<20).contains(pages), "\(pages) pages")
  }

  @Test func `a provider that hangs since there is no memory is told from one that hangs`() async throws {
    let fault = try await fault("patient hog", .test(milliseconds: 3_000, megabytes: 64))
    #expect(fault.message == "it reached its memory limit of 64 MiB and did not answer in time")
  }

  @Test func `processor time has a limit of its own`() async throws {
    var limits = WorkerLimits.test(milliseconds: 600_000)
    limits.cpuSeconds = 1
    let fault = try await fault("loop", limits)
    #expect(fault.message == "it used up its 1 s of processor time")
  }

  @Test(arguments: [
    ("forge a length", "it sent a frame of 2147483648 bytes; 314572800 are the most"),
    ("forge a kind", "it sent a frame of kind 99, which there is not"),
    ("forge a call", "it answered call 77 in call 3"),
    ("forge a host frame", "it sent a frame of kind feed"),
    ("forge a reply", "its reply of 13 bytes is cut short at byte 12"),
  ])
  func `a frame that the provider forges is a fault`(word: String, sentence: String) async throws {
    let fault = try await fault(word)
    #expect(fault.code == .crashed)
    #expect(fault.message == "it broke the worker protocol: \(sentence)")
  }

  @Test func `a provider that forges the words of a signal is ended`() async throws {
    let fault = try await fault("forge last words")
    #expect(fault == ProviderFault(.crashed, "it crashed: signal 0", requestID: 1))
  }

  @Test func `the last line that a provider wrote is told`() async throws {
    let fault = try await fault("last words")
    #expect(
      fault.message == "it crashed: signal 6 (SIGABRT); it wrote: assertion failed: page > 0")
  }

  @Test
  func
    `a provider that asks on against the host's refusal is ended, and that is the fault`()
    async throws
  {
    let fault = try await fault("requests")
    #expect(fault.code == .contract)
    #expect(fault.message == "it asked for more than the 1 granted requests")
  }

  @Test(arguments: ["flood", "print", "clock", "nothing"])
  func `what does no harm is let be`(word: String) async throws {
    let session = try await ProviderLauncher.built().open(WorkerFixture.provider("faulty"), word: word)
    for _ in 0..<2 {
      let answer = try await session.page()
      #expect(
        answer.batch.entries.map { answer.batch.json(of: $0) } == [
          "{\"sourcedId\":\"1\",\"name\":\"\(word)\",\"orgType\":\"school\"}"
        ])
      // A clock needs no system call, so none can be refused: it is the conformance tool that finds it.
      #expect(answer.notes.map(\.text) == (word == "clock" ? ["a clock"] : []))
    }
    await session.close()
    #expect(kill(session.processID, 0) == -1)
  }

  @Test func `a crash in open is a fault of open`() async throws {
    let launcher = ProviderLauncher.built()
    let provider = try WorkerFixture.provider("faulty")
    do throws(ProviderFault) {
      _ = try await launcher.open(provider, word: "segfault in open")
      Issue.record("it opened")
    } catch { #expect(error == ProviderFault(.crashed, "it crashed: signal 11 (SIGSEGV)")) }
  }

  @Test func `a close that hangs is cut short`() async throws {
    var limits = WorkerLimits.test()
    limits.closeMilliseconds = 100
    let session = try await ProviderLauncher.built(limits).open(
      WorkerFixture.provider("faulty"), word: "loop in close")
    _ = try await session.page()
    await session.close()
    #expect(kill(session.processID, 0) == -1 && errno == ESRCH)
    #expect(await session.fault() == ProviderFault(.contract, "the session is closed"))
  }

  @Test func `a worker that is killed between two calls is a fault of the next`() async throws {
    let session = try await ProviderLauncher.built().open(WorkerFixture.provider("faulty"), word: "nothing")
    _ = try await session.page()
    #expect(kill(session.processID, SIGKILL) == 0)
    #expect(await session.fault() == ProviderFault(.crashed, "it crashed: signal 9 (SIGKILL)"))
    await session.close()
  }

  @Test func `a session that is given up without close leaves no process`() async throws {
    var session: WorkerSession? = try await ProviderLauncher.built().open(
      WorkerFixture.provider("faulty"), word: "nothing")
    let processID = try #require(session?.processID)
    session = nil
    // It is killed at once, and waited for by the loop's thread: which answers after it has.
    while kill(processID, 0) == 0 { await Task.yield() }
  }

  @Test func `a host without a worker's executable says so`() async throws {
    let launcher = ProviderLauncher(worker: "/nowhere/sis-worker")
    let provider = try WorkerFixture.provider("faulty")
    do throws(ProviderFault) {
      _ = try await launcher.open(provider, word: "nothing")
      Issue.record("it opened")
    } catch {
      #expect(
        error.message
          == "its worker process could not be started: /nowhere/sis-worker: No such file or directory")
    }
  }
}
