import HostModel

/// One thing about a provider's file that the host does not want (docs/trust.md, "Lint").
package struct LintFinding: Sendable, Equatable {
  package enum Rule: String, Sendable, CaseIterable {
    case neededLibrary = "needed-library"
    case searchPath = "search-path"
    case export
    case executableStack = "executable-stack"
    case writableCode = "writable-code"
    case textRelocations = "text-relocations"
    case interposition
    case glibcVersion = "glibc-version"
    case forbiddenImport = "import"
  }

  package enum Severity: String, Sendable, CaseIterable {
    /// Never loaded.
    case refuse
    /// Loaded in a process of its own only.
    case refuseInProcess = "refuse-in-process"
    /// Loaded; the vendor should mend it.
    case warning
  }

  package var rule: Rule
  package var severity: Severity
  /// What is there, as the end of a sentence that begins with the file: "needs libcurl.so.4".
  package var found: String
  /// What may be there, as a clause.
  package var allowed: String
  /// What to do, as one sentence without its full stop.
  package var advice: String

  package func refuses(_ isolation: Isolation) -> Bool {
    switch severity {
    case .refuse: true
    case .refuseInProcess: isolation == .inProcess
    case .warning: false
    }
  }

  /// One sentence without its full stop, to stand behind the file's name.
  package var sentence: String { "\(found); \(allowed)" }
}
