import ProviderRuntime
import Testing

@testable import HostRuntime

struct ConfigTrustTests {
  private func read(_ trust: String) throws(ConfigError) -> TrustPolicy? {
    try ConfigReader.read(
      "{ database: 'a', providers: [], integrations: [], \(trust) }", file: "homeroom.json5",
      folder: "/etc/homeroom"
    ).trust
  }

  private func problems(_ trust: String) -> [String] {
    do {
      _ = try read(trust)
      return []
    } catch { return error.problems.map(\.description) }
  }

  @Test func `without the section nothing is said of trust`() throws {
    #expect(try read("") == nil)
  }

  @Test func `an empty section demands a signature by a key beside the config`() throws {
    #expect(
      try read("trust: {}")
        == TrustPolicy(
          folder: "/etc/homeroom/trust.d", requireSigned: true, minimumSignatures: 1, allowUnsigned: []))
  }

  @Test func `a whole section is read`() throws {
    let digest = String(repeating: "0a", count: 32)
    #expect(
      try read(
        "trust: { keys: 'k', requireSigned: false, minimumSignatures: 2, allowUnsigned: ['sha256:\(digest)'] }"
      )
        == TrustPolicy(
          folder: "/etc/homeroom/k", requireSigned: false, minimumSignatures: 2, allowUnsigned: [digest]))
  }

  @Test(arguments: [
    ("trust: 1", "trust must be an object"), ("trust: { key: 'k' }", "did you mean keys"),
    ("trust: { minimumSignatures: 9 }", "from 1 to 8"), ("trust: { requireSigned: 'no' }", "true or false"),
    ("trust: { allowUnsigned: 'x' }", "must be a list"),
    ("trust: { allowUnsigned: ['sha256:00'] }", "64 hex digits"),
    ("trust: { allowUnsigned: ['\(String(repeating: "00", count: 32))'] }", "sha256:"),
    ("trust: { allowUnsigned: ['sha256:\(String(repeating: "0A", count: 32))'] }", "64 hex digits"),
  ])
  func `each mistake is named with its place`(text: String, words: String) {
    let found = problems(text)
    #expect(found.count == 1 && found.first?.contains(words) == true, "\(found)")
    #expect(found.first?.hasPrefix("homeroom.json5:1:") == true)
  }
}
