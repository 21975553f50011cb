import Foundation
import HostModel
import ProviderRuntime
import SyncCore
import TestSupport
import Testing
import WorkerProtocol

/// The sandbox holds before the provider's first instruction.
@Suite struct WorkerSandboxTests {
  @Test func `a constructor gets nothing that it reaches for`() async throws {
    let session = try await ProviderLauncher.built().open(WorkerFixture.provider("constructor"), word: "")
    let answer = try await session.page()
    #expect(
      answer.notes.map(\.text) == [
        "open EACCES, create EACCES, socket EPERM, fork EPERM, exec EPERM, kill EPERM, close EPERM, "
          + "setrlimit EPERM, trace EPERM"
      ])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/sis-worker-was-here"))
    await session.close()
  }

  @Test func `a constructor's signal handlers do not keep it alive`() async throws {
    for (word, sentence) in [
      ("socket", "it made the system call socket, which no provider may: signal 31 (SIGSYS)"),
      ("segfault", "it crashed: signal 11 (SIGSEGV)"),
    ] {
      let session = try await ProviderLauncher.built().open(WorkerFixture.provider("constructor"), word: word)
      #expect(await session.fault() == ProviderFault(.crashed, sentence, requestID: 1))
      await session.close()
    }
  }

  @Test(arguments: [
    ("SEGFAULT", "it crashed: signal 11 (SIGSEGV)"),
    ("EXIT", "it exited with status 3 in the middle of a call"),
    ("LOOP", "it did not answer within 300 ms"),
    ("FORGE", "it broke the worker protocol: its ready of 4 bytes is cut short at byte 4"),
  ])
  func `a constructor that fails is a fault, and not one of the host`(define: String, sentence: String)
    async throws
  {
    let launcher = ProviderLauncher.built(.test(milliseconds: define == "LOOP" ? 300 : 120_000))
    let provider = try WorkerFixture.provider("constructor", [define])
    do throws(ProviderFault) {
      _ = try await launcher.open(provider, word: "")
      Issue.record("it opened")
    } catch { #expect(error == ProviderFault(.crashed, sentence)) }
  }

  @Test func `a constructor can start no thread`() async throws {
    let session = try await ProviderLauncher.built().open(
      WorkerFixture.provider("constructor", ["STARTS_THREAD"]), word: "")
    let answer = try await session.page()
    #expect(answer.notes.first?.text.hasSuffix("thread EPERM") == true)
    await session.close()
  }

  @Test func `a table that is not the file's manifest is refused, with the same words in both modes`()
    async throws
  {
    let provider = try WorkerFixture.provider("odd", ["TABLE_VERSION=\"1.0.1\""])
    let here = #expect(throws: HostError.self) { _ = try ProviderLibrary.load(provider) }
    do throws(HostError) {
      _ = try await ProviderLauncher.built().check(provider)
      Issue.record("it passed")
    } catch { #expect(error == here) }
    do throws(ProviderFault) {
      _ = try await ProviderLauncher.built().open(provider, word: "")
      Issue.record("it opened")
    } catch { #expect(error == ProviderFault(.internal, here?.message ?? "")) }
  }

  @Test func `a provider that needs what a worker has not is refused with the loader's words`() async throws {
    let provider = try WorkerFixture.provider("faulty", ["UNDEFINED"])
    do throws(HostError) {
      _ = try await ProviderLauncher.built().check(provider)
      Issue.record("it passed")
    } catch {
      #expect(error.code == "provider-not-loadable")
      #expect(error.message.contains("a_function_that_nobody_has"))
    }
  }

  @Test func `every part of the sandbox is applied on this kernel, and its version is told`() async throws {
    let sandbox = try await ProviderLauncher.built().check(WorkerFixture.provider("faulty"))
    #expect(sandbox.missing.isEmpty, "\(sandbox)")
    #expect(sandbox[.landlock] >= 1)
  }

  @Test func `a worker has the host's end of nothing: neither its environment nor its descriptors`()
    async throws
  {
    setenv("HOMEROOM_TEST_SECRET", "hunter2", 1)
    let session = try await ProviderLauncher.built().open(WorkerFixture.provider("faulty"), word: "nothing")
    defer { unsetenv("HOMEROOM_TEST_SECRET") }
    let place = "/proc/\(session.processID)"
    // Not readable for the host's user, unless that is root; root sees what there is.
    if let environment = FileManager.default.contents(atPath: place + "/environ") {
      #expect(String(decoding: environment, as: UTF8.self) == "SWIFT_BACKTRACE=enable=no\0")
    }
    if let descriptors = try? FileManager.default.contentsOfDirectory(atPath: place + "/fd") {
      #expect(descriptors.sorted() == ["0", "1", "2", "3", "4"])
    }
    let status = try String(contentsOfFile: place + "/status", encoding: .utf8)
    #expect(
      status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2") && status.contains("Threads:\t1"))
    let limits = try String(contentsOfFile: place + "/limits", encoding: .utf8)
    #expect(limits.contains(/Max address space +536870912 +536870912/))
    #expect(limits.contains(/Max open files +16 +16/))
    #expect(limits.contains(/Max file size +0 +0/))
    await session.close()
  }

  @Test func `a worker that is in a call ends with its host, however that ends`() async throws {
    let folder = try TemporaryFolder()
    let provider = try WorkerFixture.provider("faulty").path
    let note = folder.file("worker").path
    await #expect(processExitsWith: .signal(SIGKILL)) { [provider = provider as String, note = note as String] in
      let session = try await ProviderLauncher.built().open(try ProviderLibrary.inspect(provider), word: "loop")
      try "\(session.processID)".write(toFile: note, atomically: true, encoding: .utf8)
      func processorTime() throws -> Int {
        let words = try String(contentsOfFile: "/proc/\(session.processID)/schedstat", encoding: .utf8)
        return words.split(separator: " ").first.flatMap { Int($0) } ?? 0
      }
      let before = try processorTime()
      Task { await session.fault() }
      // Nanoseconds: nothing but the endless loop takes so many.
      while try processorTime() < before + 100_000_000 { await Task.yield() }
      kill(getpid(), SIGKILL)
    }
    let worker = try String(contentsOfFile: note, encoding: .utf8)
    // Whoever inherits it may leave it as a zombie; it runs no more.
    while let status = try? String(contentsOfFile: "/proc/\(worker)/status", encoding: .utf8),
      !status.contains("State:\tZ"), !status.contains("State:\tX")
    { await Task.yield() }
  }

  @Test func `started by hand it says that it is not for that`() throws {
    let run = try ToolProcess.run(BuiltTool.worker, [])
    #expect(run.status == 2 && run.errors.contains("never by hand") && run.text.isEmpty)
    let help = try ToolProcess.run(BuiltTool.worker, ["--help"])
    #expect(help.status == 0 && help.text.contains("never by hand") && help.errors.isEmpty)
  }

  @Test func `two hundred sessions leave no process and no descriptor`() async throws {
    let file = try WorkerFixture.provider("faulty").path
    // In a process of its own: the other tests open descriptors meanwhile.
    await #expect(processExitsWith: .success) { [file = file as String] in
      let launcher = ProviderLauncher.built()
      let provider = try ProviderLibrary.inspect(file, trust: .notConfigured)
      func descriptors() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").sorted()
      }
      // The loop has its own from the first session on.
      await (try launcher.open(provider, word: "nothing")).close()
      let before = try descriptors()
      for number in 0..<200 {
        let session = try await launcher.open(provider, word: number % 4 == 0 ? "segfault" : "nothing")
        try #require((await session.fault() == nil) == (number % 4 != 0))
        await session.close()
      }
      try #require(descriptors() == before)
      // No child is left, neither running nor waiting to be asked for its status.
      try #require(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD)
    }
  }
}
