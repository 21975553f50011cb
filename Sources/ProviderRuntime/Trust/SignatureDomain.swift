/// What a signature is for. It stands before the signed text, so that a signature for one purpose is worth nothing for
/// another.
package enum SignatureDomain: String, Sendable, CaseIterable {
  case provider = "homeroom-provider-v1"
  case revocations = "homeroom-revocations-v1"

  /// The domain, one zero byte, the text.
  func message(_ text: [UInt8]) -> [UInt8] { Array(rawValue.utf8) + [0] + text }
}
