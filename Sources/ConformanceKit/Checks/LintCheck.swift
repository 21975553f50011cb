import ProviderRuntime

/// Looks at the file, and runs nothing of it.
struct LintCheck: Check {
  let name = "lint"
  let proves = "the file is a shared library that exports the entry and nothing else"
  let needs = CheckNeeds.file

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let inspection = try context.inspection()
    // The one place where rules about the file are asked for.
    let findings = Self.findings(inspection)
    guard findings.isEmpty else { throw CheckFailure(findings.joined(separator: "; ")) }
    let needed = inspection.needed.isEmpty ? "no library" : inspection.needed.joined(separator: ", ")
    return "\(inspection.byteCount) bytes, needs \(needed)"
  }

  /// Symbols that linkers add to every library.
  private static let linkerSymbols: Set<String> = ["_init", "_fini", "__bss_start", "_edata", "_end"]

  static func findings(_ inspection: ProviderLibrary.Inspection) -> [String] {
    let others = inspection.exports.filter { $0 != "sis_plugin_entry_v1" && !linkerSymbols.contains($0) }
      .sorted()
    guard let first = others.first else { return [] }
    return [
      "it exports \(others.count) symbols besides the entry, such as \(first): "
        + "hide them (-fvisibility=hidden, exports.map)"
    ]
  }
}
