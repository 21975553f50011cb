import Foundation
import TestSupport
import Testing

/// The header is all that a vendor has: it compiles as what it says it does, without a warning, by every compiler here.
@Suite struct HeaderTests {
  @Test(arguments: ["c99", "c11", "c17"])
  func `the header is clean C`(standard: String) throws {
    for compiler in try CCompiler.all(.c) {
      try compiler.compile(["-fsyntax-only", "-x", "c", Repository.header.path], standard: standard)
    }
  }

  @Test(arguments: ["c++11", "c++17", "c++20"])
  func `the header is clean C++`(standard: String) throws {
    for compiler in try CCompiler.all(.cxx) {
      try compiler.compile(["-fsyntax-only", "-x", "c++", Repository.header.path], standard: standard)
    }
  }

  @Test func `what the header must not be compiled as is noticed`() throws {
    let folder = try TemporaryFolder()
    let source = try folder.write(
      "declaration.c", "#include \"sis_plugin.h\"\nint unused(int x) { return 0; }\n")
    for compiler in try CCompiler.all(.c) {
      #expect {
        try compiler.compile(["-fsyntax-only", source.path])
      } throws: { "\($0)".contains("unused") }
    }
  }
}
