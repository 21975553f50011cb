import Foundation
import TestSupport
import Testing

/// Every struct lies in memory as version 1.0 laid it down, whoever compiles it.
@Suite struct LayoutTests {
  private func golden() throws -> [String] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/layout-1.0.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func `Swift sees every struct as version 1.0 lays it out`() throws {
    let golden = try golden()
    #expect(golden.count == 14 + 93, "14 structs, 93 fields")
    #expect(StructLayout.all == golden)
  }

  @Test func `C and C++ lay every struct out as version 1.0 does`() throws {
    let golden = try golden()
    for (language, standards) in [(CCompiler.Language.c, ["c99", "c11"]), (.cxx, ["c++17"])] {
      for compiler in try CCompiler.all(language) {
        for standard in standards {
          let program = try Fixture.program("layout.c", compiler: compiler, standard: standard)
          let run = try ToolProcess.run(program, [])
          #expect(run.status == 0)
          #expect(run.text.split(separator: "\n").map(String.init) == golden, "\(compiler) \(standard)")
        }
      }
    }
  }
}
