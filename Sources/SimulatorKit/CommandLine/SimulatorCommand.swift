/// A command line, read and checked.
package enum SimulatorCommand {
  case help
  case serve(SIS, SimulatorOptions)
  case truth(SIS, SimulatorOptions)

  package enum SIS: String, CaseIterable, Sendable {
    case powerschool, csv
  }

  /// Reads the words after the program's name.
  package init(_ words: [String]) throws(UsageError) {
    guard let first = words.first, !words.contains("--help"), !words.contains("-h"), first != "help" else {
      self = .help
      return
    }
    if first == "truth" {
      guard words.count > 1 else { throw UsageError("sis-simulator truth needs to know of what: powerschool or csv.") }
      self = .truth(try Self.sis(words[1]), try SimulatorOptions(words.dropFirst(2)))
      return
    }
    self = .serve(try Self.sis(first), try SimulatorOptions(words.dropFirst()))
  }

  private static func sis(_ word: String) throws(UsageError) -> SIS {
    guard let sis = SIS(rawValue: word) else {
      throw UsageError.unknown("command", word, among: SIS.allCases.map(\.rawValue) + ["truth", "help"])
    }
    return sis
  }
}
