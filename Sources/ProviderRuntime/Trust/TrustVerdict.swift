/// What the host makes of a file's signature.
package struct TrustVerdict: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// By as many trusted keys as are demanded.
    case signed
    /// Intact and signed, and nobody said whom to trust.
    case unchecked
    case unsigned
    /// Changed after it was signed. Never loaded, whatever the config says.
    case modified
    case untrustedKey = "untrusted-key"
    case wrongPattern = "wrong-pattern"
    case notYetValid = "not-yet-valid"
    case expired
    case revoked
    case tooFewSignatures = "too-few-signatures"
    /// Whom to trust cannot be read.
    case trustUnusable = "trust-unusable"
  }

  package var state: State
  package var mayLoad: Bool
  /// The keys that signed it and count, sorted: those that are trusted, or all where nobody said whom to trust.
  package var signers: [KeyID]
  /// What was found, as the end of a sentence that begins with the file.
  package var found: String
  /// What to do next, as one sentence without its full stop; empty where there is nothing to do.
  package var advice: String

  /// Is it loaded although a person should look?
  package var isWarning: Bool { mayLoad && !advice.isEmpty }

  init(
    _ state: State, mayLoad: Bool = false, signers: [KeyID] = [], _ found: String, _ advice: String = ""
  ) {
    (self.state, self.mayLoad, self.signers) = (state, mayLoad, signers)
    (self.found, self.advice) = (found, advice)
  }
}
