import HostModel
import Testing

struct ProviderVersionTests {
  @Test func `versions are in the order in which they were made`() {
    let ascending = [
      "0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-beta", "1.0.0",
      "1.0.1",
      "1.2.0", "1.9.9", "1.10.0", "1.10.0.1", "2", "10.0", "2026.11.24", "2026.11.24a",
      "99999999999999999999999999.0",
    ].map(ProviderVersion.init)
    for (index, low) in ascending.enumerated() {
      #expect(!(low < low))
      for high in ascending[(index + 1)...] where !(low < high && !(high < low)) {
        Issue.record("\(low) and \(high)")
      }
    }
  }

  @Test(arguments: [("1.0", "1.0.0"), ("1", "1.0.0"), ("1.01", "1.1"), ("1.0.0+build.7", "1.0.0+build.8")])
  func `some differ in writing only`(one: String, other: String) {
    #expect(!(ProviderVersion(one) < ProviderVersion(other)))
    #expect(!(ProviderVersion(other) < ProviderVersion(one)))
    #expect(ProviderVersion(one) == ProviderVersion(other))
  }
}
