import Foundation
import TestSupport
import Testing

/// A file that is no provider is refused with its name, what was found, what is due, and the next step.
@Suite struct BadProviderTests {
  private func refusal(_ name: String, _ data: Data) throws -> ToolRun {
    let folder = try TemporaryFolder()
    try folder.write(name, data)
    return try ToolProcess.run(BuiltTool.homeroom, ["providers", "check", name], in: folder.url)
  }

  @Test func `a text file`() throws {
    let run = try refusal("provider.so", Data("#!/bin/sh\necho no\n".utf8))
    #expect(run.status == 1)
    #expect(run.errors.contains("provider.so") && run.errors.contains("ELF"))
  }

  @Test func `an empty file`() throws {
    let run = try refusal("provider.so", Data())
    #expect(run.status == 1)
    #expect(run.errors.contains("provider.so"))
  }

  @Test func `a library without the entry symbol`() throws {
    let zlib = try #require(
      ["/usr/lib/x86_64-linux-gnu/libz.so.1", "/usr/lib/aarch64-linux-gnu/libz.so.1", "/lib/x86_64-linux-gnu/libz.so.1"]
        .first { FileManager.default.fileExists(atPath: $0) })
    let run = try refusal("provider.so", Data(contentsOf: URL(fileURLWithPath: zlib)))
    #expect(run.status == 1)
    #expect(run.errors.contains("sis_plugin_entry_v1"))
  }

  @Test func `a library cut short at any of many places`() throws {
    let whole = try Data(contentsOf: BuiltTool.provider("csv_roster"))
    let folder = try TemporaryFolder()
    for part in 1..<24 {
      let length = whole.count * part / 24
      try folder.write("cut-\(part).so", whole.prefix(length))
      let run = try ToolProcess.run(
        BuiltTool.homeroom, ["providers", "check", "cut-\(part).so"], in: folder.url)
      #expect(run.status == 1 && run.signal == nil, "cut at \(length): \(run.text) \(run.errors)")
      #expect(run.errors.contains("cut-\(part).so"))
    }
  }

  @Test func `one bad file does not hide the good ones`() throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    try host.folder.write("providers/broken.so", "no library")
    let run = try host.run("providers", "list", "--json")
    #expect(run.text.contains("powerschool") && run.text.contains("broken.so"))
  }

  @Test func `what this build made passes`() throws {
    for name in ["powerschool", "csv_roster"] {
      let run = try ToolProcess.run(BuiltTool.homeroom, ["providers", "check", BuiltTool.provider(name).path])
      #expect(run.status == 0, "\(run.errors)")
    }
  }
}
