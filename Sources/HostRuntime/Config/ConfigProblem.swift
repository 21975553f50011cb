import HostModel
import JSON5

/// One thing that is wrong with a config, and where.
package struct ConfigProblem: Sendable, Equatable, CustomStringConvertible {
  package var file: String
  package var place: TextPlace
  /// Where it is in the document: `integrations[0].auth.tokenURL`; empty for the document itself.
  package var path: String
  /// One sentence without its full stop: the value found, and what is allowed.
  package var message: String

  package init(file: String, place: TextPlace, path: String, message: String) {
    self.file = file
    self.place = place
    self.path = path
    self.message = message
  }

  package var description: String {
    sentence.hasSuffix("?") || sentence.hasSuffix(".") ? sentence : sentence + "."
  }

  /// Without a full stop.
  var sentence: String {
    let at = "\(file):\(place.line):\(place.column)"
    return path.isEmpty ? "\(at): \(message)" : "\(at): \(path) \(message)"
  }
}

/// A config that cannot be used: everything that is wrong with it, at once.
package struct ConfigError: Error, Sendable, Equatable {
  package static let advice = "correct the config; homeroom config check says whether it is good"
  package var problems: [ConfigProblem]
}

extension HostError {
  /// What keeps an integration from being run, in one sentence.
  init(_ error: ConfigError) {
    self.init(
      .configuration, "config", error.problems.map(\.sentence).joined(separator: "; "), advice: ConfigError.advice)
  }
}
