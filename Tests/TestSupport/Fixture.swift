import Foundation

/// The C sources under `Tests/Fixtures`, compiled when a test first asks for one and once in a test run.
package enum Fixture {
  /// Compiles a provider, as a vendor would, with the first compiler there is.
  ///
  /// - Parameters:
  ///   - source: the name of a file under `Tests/Fixtures`: `well_behaved.c`, `Worker/faulty.c`.
  ///   - defines: macros, which choose a variant: `NO_OPEN`, `FIXTURE_VERSION="2.0.0"`.
  /// - Returns: the path of a shared library.
  package static func provider(
    _ source: String, _ defines: [String] = [], compiler: CCompiler? = nil
  ) throws -> String {
    try shelf.file(
      Order(source: source, options: defines.map { "-D" + $0 }, isProgram: false, compiler: compiler))
  }

  /// Compiles a program.
  package static func program(_ source: String, compiler: CCompiler? = nil, standard: String? = nil) throws
    -> URL
  {
    URL(
      fileURLWithPath: try shelf.file(
        Order(source: source, options: [], isProgram: true, compiler: compiler, standard: standard)))
  }

  /// The names of all sources.
  package static func sources() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".c") || $0.hasSuffix(".cpp") }.sorted()
  }

  package static let folder = Repository.file("Tests/Fixtures")
  private static let shelf = Shelf()

  private struct Order: Hashable {
    var source: String
    var options: [String]
    var isProgram: Bool
    var compiler: CCompiler?
    var standard: String?
  }

  /// What was compiled in this run. It lies in the build's own folder, where `make clean` finds it.
  private final class Shelf: @unchecked Sendable {
    // Unchecked: `done` is read and written under `lock`, which is held while a file is compiled.
    private let lock = NSLock()
    private var done: [Order: Result<String, any Error>] = [:]

    func file(_ order: Order) throws -> String {
      lock.lock()
      defer { lock.unlock() }
      if let result = done[order] { return try result.get() }
      let number = done.count
      let result = Result { try make(order, number) }
      done[order] = result
      return try result.get()
    }

    private func make(_ order: Order, _ number: Int) throws -> String {
      let shelf = BuiltTool.folder.appendingPathComponent("test-fixtures")
      try FileManager.default.createDirectory(at: shelf, withIntermediateDirectories: true)
      let name = URL(fileURLWithPath: order.source).deletingPathExtension().lastPathComponent
      let output = shelf.appendingPathComponent("\(number)-\(name)\(order.isProgram ? "" : ".so")").path
      let compiler = try order.compiler ?? CCompiler.all(CCompiler.Language(of: order.source))[0]
      let kind = order.isProgram ? [] : ["-shared", "-fPIC", "-fvisibility=hidden"]
      // clang++ wants to be told that a file called .c is meant as C++.
      let language = compiler.language == .cxx ? ["-x", "c++"] : []
      let source = folder.appendingPathComponent(order.source).path
      try compiler.compile(
        kind + order.options + ["-o", output] + language + [source] + (order.isProgram ? ["-ldl"] : []),
        standard: order.standard)
      return output
    }
  }
}
