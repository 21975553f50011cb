import Foundation
import TestSupport
import Testing

/// A provider's file is replaced while the host runs and reads with it.
@Suite struct ReloadTests {
  private func running(
    _ isolation: String, pages: Int = 12, _ defines: [String] = []
  ) throws -> (host: ProviderHost, source: PageServer, daemon: ToolProcess) {
    let source = try PageServer(pages: pages)
    source.hold(5)
    let host = try ProviderHost(["oak": source.url], isolation: isolation, more: "schedule: { everyMinutes: 60 }")
    try host.install("1.0.0", defines)
    return (host, source, try host.serve())
  }

  @Test(arguments: ["process", "in-process"])
  func `a run finishes its page on the old version and goes on with the new one`(isolation: String) throws {
    let (host, source, daemon) = try running(isolation)
    defer { daemon.send(SIGKILL) }
    #expect(source.waitForRequest(of: 5))
    try host.install("1.1.0")
    let reload = try host.run("providers", "reload")
    #expect(reload.status == 0 && reload.text == "paged-roster 1.1.0 took the place of 1.0.0.\n", "\(reload.errors)")
    #expect(daemon.nextLine() == "provider paged-roster 1.1.0 took the place of 1.0.0")
    #expect(try host.states() == ["1.0.0 draining", "1.1.0 active"])
    source.release(5)
    #expect(daemon.nextLine() == "oak: run 1 published, 12 changes")
    #expect(try host.export("oak") == source.truth { $0 <= 5 ? "1.0.0" : "1.1.0" })
    #expect(source.pages == Array(1...13), "no page is read twice")
    #expect(try host.states() == ["1.0.0 gone", "1.1.0 active"])
    daemon.send(SIGTERM)
    let end = daemon.wait()
    #expect(end.status == 0 && end.text == "stopped\n", "\(end.errors)")
  }

  @Test func `a new version that does not read the old cursor reads the run from its beginning`() throws {
    let (host, source, daemon) = try running("process")
    defer { daemon.send(SIGKILL) }
    #expect(source.waitForRequest(of: 5))
    try host.install("2.0.0", ["FIXTURE_CURSOR=2", "FIXTURE_OLDEST=2"])
    #expect(try host.run("providers", "reload").status == 0)
    _ = daemon.nextLine()
    source.release(5)
    #expect(daemon.nextLine() == "oak: run 1 published, 12 changes")
    #expect(try host.export("oak") == source.truth { _ in "2.0.0" })
    #expect(source.pages == Array(1...5) + Array(1...13))
  }

  @Test func `a new version that fails its trial is refused, and the old one goes on`() throws {
    let (host, source, daemon) = try running("process")
    defer { daemon.send(SIGKILL) }
    #expect(source.waitForRequest(of: 5))
    try host.install("1.1.0", ["FIXTURE_NEXT=broken_next"])
    let reload = try host.run("providers", "reload", "paged-roster")
    #expect(reload.status == 1)
    #expect(reload.errors.contains("paged-roster 1.0.0 stays"), "\(reload.errors)")
    #expect(reload.errors.contains("this version was built on a Friday"), "\(reload.errors)")
    #expect(try host.states() == ["1.0.0 active", "1.1.0 failed"])
    _ = daemon.nextLine()
    source.release(5)
    #expect(daemon.nextLine() == "oak: run 1 published, 12 changes")
    #expect(try host.export("oak") == source.truth())
  }

  @Test func `a file that is overwritten, cut or no library at all hurts nothing that runs`() throws {
    let (host, source, daemon) = try running("in-process")
    defer { daemon.send(SIGKILL) }
    #expect(source.waitForRequest(of: 5))
    let whole = try Data(contentsOf: host.file)
    for damage in [Data("no library".utf8), whole.prefix(whole.count / 2), Data()] {
      // In place: the file keeps its inode, as with `cp` over it.
      let handle = try FileHandle(forWritingTo: host.file)
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: damage)
      try handle.close()
      let reload = try host.run("providers", "reload")
      #expect(reload.status == 1 && reload.errors.contains("paged-roster 1.0.0 stays"), "\(reload.errors)")
      _ = daemon.nextLine()
    }
    source.release(5)
    #expect(daemon.nextLine() == "oak: run 1 published, 12 changes")
    #expect(try host.export("oak") == source.truth())
  }

  @Test func `SIGHUP looks at the files again`() throws {
    let (host, source, daemon) = try running("process")
    defer { daemon.send(SIGKILL) }
    #expect(source.waitForRequest(of: 5))
    try host.install("1.1.0")
    daemon.send(SIGHUP)
    #expect(daemon.nextLine() == "provider paged-roster 1.1.0 took the place of 1.0.0")
    source.release(5)
    #expect(daemon.nextLine() == "oak: run 1 published, 12 changes")
  }

  @Test func `with onChange a new file is taken up by itself`() throws {
    let source = try PageServer(pages: 2)
    let host = try ProviderHost(["oak": source.url])
    let config = try String(contentsOf: host.folder.file("homeroom.json5"), encoding: .utf8)
    try host.folder.write("homeroom.json5", config.replacingOccurrences(of: "onChange: false", with: "onChange: true"))
    try host.install("1.0.0")
    let daemon = try host.serve()
    defer { daemon.send(SIGKILL) }
    try host.install("1.2.0")
    #expect(daemon.nextLine() == "provider paged-roster 1.2.0 took the place of 1.0.0")
  }

  @Test func `many reloads under load give no wrong answer`() throws {
    let source = try PageServer(pages: 400)
    let host = try ProviderHost(["oak": source.url], more: "schedule: { everyMinutes: 60 }")
    try host.install("1.0.0")
    let daemon = try host.serve()
    defer { daemon.send(SIGKILL) }
    for turn in 1...20 {
      #expect(source.waitForRequest(of: turn * 15))
      try host.install("1.0.\(turn)")
      let reload = try host.run("providers", "reload")
      #expect(reload.status == 0, "\(turn) \(reload.errors)")
    }
    while let line = daemon.nextLine(), !line.hasPrefix("oak: ") { #expect(line.hasPrefix("provider paged-roster 1.0.")) }
    let served = try host.export("oak").split(separator: "\n")
    #expect(served.count == 400)
    for (index, line) in served.enumerated() { #expect(line.contains(#""name":"School \#(index + 1)""#)) }
    #expect(source.pages == Array(1...401), "every page is read once, in order")
  }

  @Test func `without a running host a reload says so`() throws {
    let host = try ProviderHost(["oak": "http://127.0.0.1:9"])
    let run = try host.run("providers", "reload")
    #expect(run.status == 1 && run.errors.contains("No host serves") && run.errors.contains("homeroom serve"))
  }

  @Test func `a second host on the same database is refused`() throws {
    let host = try ProviderHost(["oak": "http://127.0.0.1:9"])
    let daemon = try host.serve()
    defer { daemon.send(SIGKILL) }
    let second = try host.run("serve")
    #expect(second.status == 1 && second.errors.contains("another host"), "\(second.errors)")
  }
}
