import Foundation
import ProviderRuntime
import TestSupport
import Testing

/// The project in C as `homeroom providers new` writes it, outside of this repository. (That in Swift is built by the
/// tutorial's test.)
@Suite struct CTemplateTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Names that could break a file's name, a macro, or a Swift identifier.
  @Test(arguments: ["oak-sis", "7-oaks", "---", "class", String(repeating: "z", count: 64)])
  func `it builds without a warning with every compiler, passes the check, and exports its entry alone`(
    _ name: String
  ) throws {
    _ = try Shell.run("homeroom providers new --language c --folder project -- '\(name)'", in: folder.url)
    let library = "libsis_" + name.replacingOccurrences(of: "-", with: "_") + ".so"
    for compiler in try CCompiler.all(.c) {
      let run = try Shell.run(
        "make clean && make check CC='\(compiler.url.path)' CFLAGS='-O2 -Werror'", in: folder.file("project"))
      #expect(run.text.contains("\(library) is good: \(name) 0.1.0."), "\(run.text)")
      let file = try ProviderLibrary.inspect(folder.file("project/\(library)").path, trust: .notConfigured)
      #expect(file.exports == ["sis_plugin_entry_v1"])
      #expect(file.needed.allSatisfy { $0.hasPrefix("libc.so") }, "\(file.needed)")
    }
  }

  /// A project whose config names the server of its own sample.
  private func project(_ options: [String] = []) throws -> (URL, Simulator) {
    _ = try Shell.run("homeroom providers new oak --language c && cd oak && make", in: folder.url)
    let project = folder.file("oak")
    let server = try Simulator(
      "files", district: [project.appendingPathComponent("sample").path], options: options)
    let config = try String(contentsOf: project.appendingPathComponent("homeroom.json5"), encoding: .utf8)
    #expect(config.contains("http://127.0.0.1:8085"))
    try folder.write(
      "oak/homeroom.json5", config.replacingOccurrences(of: "http://127.0.0.1:8085", with: server.url))
    return (project, server)
  }

  @Test func `its first sync brings what its README promises, and the second changes nothing`() throws {
    let (project, server) = try project()
    withExtendedLifetime(server) {}
    _ = try Shell.run("homeroom sync sample && homeroom export | diff - sample/expected.jsonl", in: project)
    let again = try SyncSummary(try Shell.run("homeroom sync sample --json", in: project))
    #expect(again.state == "published" && again.changes == 0 && again.total("unchanged") == 12)
  }

  @Test(arguments: ["half-json@3", "reset@2", "empty200@4", "503@5", "cut-body@3"])
  func `a failure of the server that passes leaves no trace`(_ fault: String) throws {
    let (project, server) = try project(["--fault", fault])
    withExtendedLifetime(server) {}
    _ = try Shell.run("homeroom sync sample && homeroom export | diff - sample/expected.jsonl", in: project)
  }

  @Test func `whoever is gone from a list is removed, and a list that is not there removes nobody`() throws {
    let (project, server) = try project()
    withExtendedLifetime(server) {}
    _ = try Shell.run("homeroom sync sample && mv sample/users.json sample/kept.json", in: project)
    let missing = try SyncSummary(try Shell.attempt("homeroom sync sample --json", in: project))
    #expect(missing.run.status == 1 && missing.errorCode == "not-found")
    #expect(missing.errorMessage.contains("GET /users.json"), "\(missing.errorMessage)")
    _ = try Shell.run("homeroom export | diff - sample/expected.jsonl", in: project)
    try folder.write("oak/sample/users.json", #"{"items":[],"next":"/users-2.json"}"#)
    let gone = try SyncSummary(try Shell.run("homeroom sync sample --json --full", in: project))
    #expect(gone.state == "published" && gone.total("removed") == 2)
  }
}
