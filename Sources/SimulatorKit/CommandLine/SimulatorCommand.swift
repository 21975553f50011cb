/// A command line, read and checked.
package enum SimulatorCommand {
  case help
  case serve(SIS, SimulatorOptions)
  case truth(DistrictTruth.Source, SimulatorOptions)

  package enum SIS: String, CaseIterable, Sendable {
    case powerschool, csv
    case smallAPI = "small-api"
    /// No district, but the files of a folder.
    case files

    static let districts = allCases.filter { $0 != .files }.map(\.rawValue)
  }

  /// Reads the words after the program's name.
  package init(_ words: [String]) throws(UsageError) {
    guard let first = words.first, !words.contains("--help"), !words.contains("-h"), first != "help" else {
      self = .help
      return
    }
    switch first {
    case "truth":
      guard words.count > 1 else {
        throw UsageError("sis-simulator truth needs to know of what: \(SIS.districts.joined(separator: ", ")).")
      }
      let options = try SimulatorOptions(words.dropFirst(2))
      switch SIS(rawValue: words[1]) {
      case .powerschool: self = .truth(.powerSchool(options.powerSchool.quirks), options)
      case .csv: self = .truth(.csv, options)
      case .smallAPI: self = .truth(.smallAPI, options)
      case .files, nil: throw UsageError.unknown("command", words[1], among: SIS.districts)
      }
    case SIS.files.rawValue:
      guard words.count > 1, !words[1].hasPrefix("-") else {
        throw UsageError("sis-simulator files needs to know the folder: sis-simulator files FOLDER.")
      }
      var options = try SimulatorOptions(words.dropFirst(2))
      options.folder = words[1]
      self = .serve(.files, options)
    default:
      guard let sis = SIS(rawValue: first) else {
        throw UsageError.unknown("command", first, among: SIS.allCases.map(\.rawValue) + ["truth", "help"])
      }
      self = .serve(sis, try SimulatorOptions(words.dropFirst()))
    }
  }
}
