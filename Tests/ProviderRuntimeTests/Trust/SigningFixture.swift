import Foundation
import HostModel
import TestSupport

@testable import ProviderRuntime

/// A folder with a provider's file in it, keys to sign it with, and a trust folder: what a test of trust begins with.
struct SigningFixture {
  let folder: TemporaryFolder
  let key: SigningKey
  /// 2026-11-24T06:00:00Z
  let now = HostInstant(milliseconds: 1_795_500_000_000)

  init() throws {
    folder = try TemporaryFolder()
    key = try SigningKey.generate()
    try FileManager.default.createDirectory(
      at: folder.file("trust.d"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
  }

  var path: String { folder.file("provider.so").path }
  func later(days: Int64) -> HostInstant { now.advanced(byMilliseconds: days * 86_400_000) }

  /// Puts a file in its place as it was compiled.
  func put(_ file: VendorFile = VendorFile()) throws { try folder.write("provider.so", try file.data()) }

  /// Signs the file that is there.
  @discardableResult
  func sign(with other: SigningKey? = nil, notAfter: HostInstant? = nil, adding: Bool = false) throws -> Data
  {
    let signer = ProviderSigner(key: other ?? key, now: now)
    let signed = adding ? try signer.addSignature(path) : try signer.sign(path, notAfter: notAfter)
    var data = Data()
    signed.write { data.append(contentsOf: $0) }
    try folder.write("provider.so", data)
    return data
  }

  func trust(
    _ key: SigningKey? = nil, plugins: [String] = ["*"], from: HostInstant? = nil, until: HostInstant? = nil,
    revokes: Bool = false
  ) throws {
    let publicKey = (key ?? self.key).publicKey
    let trusted = TrustedKey(
      key: publicKey, owner: "Oak", plugins: plugins, from: from ?? later(days: -1), until: until,
      revokes: revokes)
    try folder.write("trust.d/\(publicKey.id).key", trusted.text)
  }

  func revoke(_ reasons: [RevocationList.Subject: String], number: Int64 = 1, with key: SigningKey? = nil)
    throws
  {
    let list = try RevocationList(number: number, created: now, reasons: reasons, signedBy: key ?? self.key)
    try folder.write("trust.d/revocations", list.text)
  }

  func policy(requireSigned: Bool = true, minimumSignatures: Int = 1, allowUnsigned: Set<String> = [])
    -> TrustPolicy
  {
    TrustPolicy(
      folder: folder.file("trust.d").path, requireSigned: requireSigned, minimumSignatures: minimumSignatures,
      allowUnsigned: allowUnsigned)
  }

  func context(
    _ policy: TrustPolicy? = nil, pinned: Set<String> = [], at moment: HostInstant? = nil
  ) -> TrustContext {
    TrustContext(policy ?? self.policy(), pinned: pinned) { [now] in moment ?? now }
  }

  func inspect(_ context: TrustContext? = nil) throws -> ProviderLibrary.Inspection {
    try ProviderLibrary.inspect(path, trust: context ?? self.context())
  }

  /// Why it would not be loaded; nil where it would.
  func refusal(_ context: TrustContext? = nil) -> HostError? {
    do {
      try inspect(context).demand(.process)
      return nil
    } catch { return error as? HostError }
  }
}
