import Foundation

/// A C or C++ compiler of this machine, as a vendor would call it.
package struct CCompiler: Sendable, Hashable, CustomStringConvertible {
  package enum Language: String, Sendable {
    case c = "C"
    case cxx = "C++"

    /// The names of its compilers, the toolchain's own first.
    var names: [String] { self == .c ? ["clang", "gcc", "cc"] : ["clang++", "g++", "c++"] }

    /// The language of a source file, by the ending of its name.
    package init(of source: String) { self = source.hasSuffix(".cpp") ? .cxx : .c }
  }

  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  package let language: Language
  package let url: URL
  package var description: String { url.path }

  /// Every compiler of a language: beside the running Swift runtime, and in PATH; one that has two names is there once.
  ///
  /// - Throws: a sentence if there is none. A test that needs a compiler must fail without one, never pass by.
  package static func all(_ language: Language) throws -> [CCompiler] {
    var seen: Set<String> = []
    var found: [CCompiler] = []
    for name in language.names {
      for folder in folders {
        let file = folder.appendingPathComponent(name)
        guard FileManager.default.isExecutableFile(atPath: file.path),
          seen.insert(file.resolvingSymlinksInPath().path).inserted
        else { continue }
        found.append(CCompiler(language: language, url: file))
      }
    }
    guard !found.isEmpty else {
      throw Failure(
        description: "There is no \(language.rawValue) compiler beside the Swift toolchain nor in PATH "
          + "(\(language.names.joined(separator: ", "))): the tests of the plugin ABI need one.")
    }
    return found
  }

  private static let folders: [URL] = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (SwiftRuntime.tools.map { [$0] } ?? [])
      + path.split(separator: ":").map { URL(fileURLWithPath: String($0)) }
  }()

  /// Compiles, with the SDK's header at hand and every warning an error.
  ///
  /// - Throws: what the compiler said.
  package func compile(_ arguments: [String], standard: String? = nil) throws {
    let run = try ToolProcess.run(
      url,
      ["-std=\(standard ?? (language == .c ? "c99" : "c++17"))", "-Wall", "-Wextra", "-pedantic", "-Werror"]
        + ["-I", Repository.header.deletingLastPathComponent().path] + arguments)
    guard run.status == 0 else {
      let words = arguments.joined(separator: " ")
      throw Failure(description: "\(url.path) \(words) answered \(run.status): \(run.errors)")
    }
  }
}
