/// What of its sandbox a worker could apply before it loaded the provider.
package struct SandboxReport: Sendable, Equatable {
  package enum Part: Int, Sendable, CaseIterable {
    /// Memory, processor time, descriptors, files, core dumps.
    case limits
    /// No new rights, not traceable, ends with the host.
    case privileges
    /// No file, and no network where the kernel can.
    case landlock
    /// The system calls of loading, and later those of computing.
    case loadingFilter, callingFilter

    package var name: String {
      switch self {
      case .limits: "resource limits"
      case .privileges: "no new privileges"
      case .landlock: "Landlock"
      case .loadingFilter: "seccomp while loading"
      case .callingFilter: "seccomp while running"
      }
    }
  }

  /// By part: 0 or more where it was applied (for Landlock, its version), an error number negated where the
  /// kernel would not.
  package private(set) var results = [Int32](repeating: 0, count: Part.allCases.count)

  package init() {}

  package subscript(part: Part) -> Int32 {
    get { results[part.rawValue] }
    set { results[part.rawValue] = newValue }
  }

  /// The parts that could not be applied, with the kernel's error number.
  package var missing: [(part: Part, error: Int32)] {
    Part.allCases.compactMap { self[$0] < 0 ? ($0, -(max(self[$0], -Int32.max))) : nil }
  }

  /// For a person: "resource limits, no new privileges, Landlock 7, seccomp while loading, seccomp while running",
  /// and behind it, where there are some, "without" those that the kernel would not do.
  package var summary: String {
    let applied = Part.allCases.filter { self[$0] >= 0 }.map {
      $0 == .landlock ? "\($0.name) \(self[$0])" : $0.name
    }
    let lacking = missing.map { "\($0.part.name) (error \($0.error))" }
    let parts = [applied.joined(separator: ", "), lacking.isEmpty ? "" : "without " + lacking.joined(separator: ", ")]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  func write(to writer: inout WireWriter) {
    for result in results { writer.put(result) }
  }

  init(_ reader: inout WireReader) throws(WireError) {
    for part in Part.allCases { self[part] = try reader.i32() }
  }
}
