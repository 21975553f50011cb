import Foundation
import TestSupport
import Testing

/// What a provider that dies costs: its page, and nobody else's.
@Suite struct CrashTests {
  @Test func `a provider that dies in a page is asked again in a new worker, and the roster is whole`() throws {
    let source = try PageServer(pages: 12)
    source.replace(5, by: "boom", times: 2)
    let host = try ProviderHost(["oak": source.url])
    try host.install("1.0.0")
    let run = try host.run("sync", "oak")
    #expect(run.status == 0, "\(run.text) \(run.errors)")
    #expect(try host.export("oak") == source.truth())
    // The pages before it are stored: only the one that killed it is read again.
    #expect(source.pages == [1, 2, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  }

  @Test func `a provider that always dies is disabled with its reason, and the others lose nothing`() throws {
    let (good, bad) = (try PageServer(pages: 20), try PageServer(pages: 9))
    bad.replace(4, by: "boom")
    let host = try ProviderHost(["elm": bad.url, "oak": good.url])
    try host.install("1.0.0")
    let run = try host.run("sync", "--all")
    #expect(run.status == 1)
    #expect(run.errors.contains("died 5 times within ten minutes and is disabled"), "\(run.errors)")
    #expect(run.errors.contains("signal 11") && run.errors.contains("paged.so"), "\(run.errors)")
    #expect(bad.pages.filter { $0 == 4 }.count == 5)
    // One process serves both in turn: what the first one's version did disables it there.
    let other = try host.run("sync", "oak")
    #expect(other.status == 0, "\(other.errors)")
    #expect(try host.export("oak") == good.truth())
    #expect(try host.export("elm") == "")
  }

  @Test func `a call that takes too long counts as a crash`() throws {
    let source = try PageServer(pages: 3)
    source.replace(2, by: "spin", times: 1)
    let host = try ProviderHost(["oak": source.url], more: "callSeconds: 1")
    try host.install("1.0.0")
    let run = try host.run("sync", "oak")
    #expect(run.status == 0, "\(run.text) \(run.errors)")
    #expect(try host.export("oak") == source.truth())
    #expect(source.pages == [1, 2, 2, 3, 4])
  }

  @Test func `both places of running give the same roster`() throws {
    for isolation in ["process", "in-process"] {
      let source = try PageServer(pages: 7)
      let host = try ProviderHost(["oak": source.url], isolation: isolation)
      try host.install("1.0.0")
      let run = try host.run("sync", "oak")
      #expect(run.status == 0, "\(isolation) \(run.errors)")
      #expect(try host.export("oak") == source.truth(), "\(isolation)")
    }
  }
}
