/// Where a secret is: never the secret itself (security.md; docs/districts.md).
package enum SecretReference: Sendable, Hashable, CustomStringConvertible {
  /// A variable of the host's environment.
  case environment(String)
  /// A file that only its owner may read; relative to the config's folder.
  case file(String)
  /// A systemd credential, `LoadCredential=` (systemd.exec(5)).
  case credential(String)

  package static let forms = "env:NAME, file:PATH or credential:NAME"
  /// What to say where a secret stands in clear; never with the value.
  package static let advice =
    "must say where the secret is, not the secret itself: write it into a file of mode 0600 and say "
    + "\"file:PATH\" (allowed are \(forms))"

  /// Nil for anything that is not one of the three forms: above all, for a secret in clear.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = String(text[text.index(after: colon)...])
    guard !name.isEmpty, !name.utf8.contains(0) else { return nil }
    switch text[..<colon] {
    case "env" where !name.contains("="): self = .environment(name)
    case "file": self = .file(name)
    // A credential's name is a file name, systemd says: no path may hide in it.
    case "credential" where !name.contains("/") && name != "." && name != "..": self = .credential(name)
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    case .credential(let name): "credential:\(name)"
    }
  }
}
