import HostModel
import JSON5
import ProviderRuntime

extension ConfigReader {
  /// Where the trust folder is, unless the config says otherwise: beside it.
  package static let usualTrustFolder = "trust.d"

  static let trustKeys = ["keys", "requireSigned", "minimumSignatures", "allowUnsigned"]

  /// The section `trust`; nil where there is none, or problems.
  func trust(_ root: ConfigObject) -> TrustPolicy? {
    guard let node = root.node("trust"),
      let object = ConfigObject(node, path: root.path("trust"), keys: Self.trustKeys, problems)
    else { return nil }
    return TrustPolicy(
      folder: absolute(object.text("keys")?.value ?? Self.usualTrustFolder),
      requireSigned: object.flag("requireSigned") ?? true,
      minimumSignatures: object.integer("minimumSignatures", in: 1...8) ?? 1,
      allowUnsigned: allowUnsigned(object))
  }

  private func allowUnsigned(_ object: ConfigObject) -> Set<String> {
    var digests: Set<String> = []
    for element in object.list("allowUnsigned") ?? [] {
      guard case .string(let text) = element.value.value, text.hasPrefix("sha256:"),
        Hex.isText(text.dropFirst(7), bytes: 32)
      else {
        problems.add(
          element.place, element.path,
          "must be \"sha256:\" and 64 hex digits, as sha256sum FILE prints them, not "
            + ConfigObject.shown(element.value))
        continue
      }
      digests.insert(String(text.dropFirst(7)))
    }
    return digests
  }
}
