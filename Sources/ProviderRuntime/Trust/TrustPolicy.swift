/// What the config says under `trust`.
package struct TrustPolicy: Sendable, Equatable {
  /// The trust folder.
  package var folder: String
  /// Are files without a signature refused?
  package var requireSigned: Bool
  /// How many trusted keys must have signed a file.
  package var minimumSignatures: Int
  /// SHA-256 of files that load without a signature, in hex.
  package var allowUnsigned: Set<String>

  package init(
    folder: String, requireSigned: Bool = true, minimumSignatures: Int = 1, allowUnsigned: Set<String> = []
  ) {
    self.folder = folder
    self.requireSigned = requireSigned
    self.minimumSignatures = minimumSignatures
    self.allowUnsigned = allowUnsigned
  }
}
