import Foundation
import SISKit
import TestSupport
import Testing

/// `json_pull.h`, which vendors copy, compiled as they compile it, against the reader of SISKit, which has tests of its
/// own against Foundation. Each document lies between two pages that nobody may touch.
@Suite struct JSONPullTests {
  /// What the C reader makes of each document, by every compiler of this machine.
  private func traces(_ documents: [[UInt8]]) throws -> [[String]] {
    let folder = try TemporaryFolder()
    var input = Data()
    for document in documents {
      withUnsafeBytes(of: UInt32(document.count).littleEndian) { input.append(contentsOf: $0) }
      input.append(contentsOf: document)
    }
    let file = try folder.write("documents", input)
    return try CCompiler.all(.c).map { compiler in
      let program = folder.file("trace")
      try compiler.compile([
        "-O1", "-I", Repository.file("plugin-sdk/examples/c").path, "-o", program.path,
        Repository.file("Tests/SDKTests/CSources/json_pull_trace.c").path,
      ])
      let run = try ToolProcess(program, [], input: file).wait()
      #expect(run.status == 0 && run.signal == nil, "\(compiler): \(run.status) \(run.signal ?? 0)")
      return run.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }

  @Test func `it takes and refuses what the reader in Swift does, reads the same, and nothing outside`()
    throws
  {
    var random = SeededRandom(seed: 20_261_125)
    let documents = (0..<20_000).map { _ in MutatedJSON.document(&random) }
    let due = documents.map(JSONTrace.of)
    #expect(due.filter { $0 == "!" }.count > 5_000 && due.filter { $0 != "!" }.count > 1_000)
    for traces in try traces(documents) {
      try #require(traces.count == documents.count)
      for (index, trace) in traces.enumerated() where trace != due[index] {
        Issue.record("\(String(decoding: documents[index], as: UTF8.self)): \(trace), not \(due[index])")
      }
    }
  }

  @Test func `what stands at the edge of the rules is on the right side of it`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    let sound = [
      "0", "-0", "1e+5", #""\u0000""#, #""\uD83D\uDE00""#, "\u{FEFF} [ ] ", nested(63), #"{"a":{},"a":[]}"#,
      "9223372036854775807", "-9223372036854775808", "9223372036854775808", "\"\u{7F}\u{10FFFF}\"",
    ]
    let refused = [
      "", " ", "01", "-", "1.", ".5", "+1", "1e", "nul", "True", "'a'", #""\x""#, #""\u12G4""#, #""\uDE00""#,
      #""\uD83D""#, #""\uD83Dx\uDE00"#, "\"\t\"", "[1,]", "[,1]", #"{"a":1,}"#, #"{"a"}"#, "{1:2}", "[1}",
      "[] []",
      nested(64), "\"abc", "[1 2]", "\u{FEFF}",
    ]
    let broken: [[UInt8]] = [
      [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ]
    for traces in try traces((sound + refused).map { Array($0.utf8) } + broken) {
      try #require(traces.count == sound.count + refused.count + broken.count)
      for (text, trace) in zip(sound, traces) { #expect(trace == JSONTrace.of(Array(text.utf8)), "\(text)") }
      for (text, trace) in zip(refused, traces.dropFirst(sound.count)) { #expect(trace == "!", "\(text)") }
      for trace in traces.suffix(broken.count) { #expect(trace == "!") }
    }
  }
}
