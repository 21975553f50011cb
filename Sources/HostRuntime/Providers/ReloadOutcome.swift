import HostModel
import JSON5

/// What a reload did with one provider.
package struct ReloadOutcome: Sendable, Equatable {
  package enum Result: Sendable, Equatable {
    /// The file is the one in use.
    case unchanged
    /// New sessions are opened on the new version; runs go on with it after their page.
    case replaced(from: String)
    case added
    /// No file of it is left; what is open on it is read to the end of its page.
    case removed
    /// The new file is not good; the version in use goes on.
    case refused(HostError)
  }

  package var provider: String
  /// The version in use after the reload; for a removed one, that which was.
  package var version: String
  package var result: Result

  /// "powerschool 1.1.0 took the place of 1.0.0"
  package var sentence: String {
    switch result {
    case .unchanged: "\(provider) \(version) is unchanged"
    case .replaced(let old): "\(provider) \(version) took the place of \(old)"
    case .added: "\(provider) \(version) is new"
    case .removed: "\(provider) \(version) is gone: no file of it is left"
    case .refused(let error): "\(provider) \(version) stays: \(error.message)"
    }
  }

  package var json: JSONValue {
    let word: String
    var before: String?
    var error: HostError?
    switch result {
    case .unchanged: word = "unchanged"
    case .replaced(let old): (word, before) = ("replaced", old)
    case .added: word = "added"
    case .removed: word = "removed"
    case .refused(let why): (word, error) = ("refused", why)
    }
    return .members([
      "provider": .string(provider), "version": .string(version), "result": .string(word),
      "sentence": .string(sentence), "replacedVersion": before.map(JSONValue.string), "error": error?.json,
    ])
  }
}

extension HostError {
  /// As `--json` prints it everywhere.
  package var json: JSONValue {
    .members([
      "code": .string(code), "category": .string(category.rawValue), "message": .string(message),
      "advice": .string(advice),
    ])
  }
}
