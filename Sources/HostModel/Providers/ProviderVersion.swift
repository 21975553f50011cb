/// The order of a provider's versions: numbers between dots are compared as numbers, so that 1.10 is above 1.9, and
/// what stands behind a hyphen is a version before that one, as in Semantic Versioning 2.0.0 section 11.
///
/// Two texts may be equal in this order and differ as texts: `1.0` and `1.0.0`.
package struct ProviderVersion: Sendable, Comparable {
  private enum Part: Comparable {
    /// Without leading zeros, so that the longer one is the greater one: no length overflows.
    case number([UInt8])
    case word([UInt8])

    init(_ text: ArraySlice<UInt8>) {
      guard !text.isEmpty, text.allSatisfy({ (0x30...0x39).contains($0) }) else {
        self = .word(Array(text))
        return
      }
      self = .number(Array(text.drop { $0 == 0x30 }))
    }

    static func < (a: Part, b: Part) -> Bool {
      switch (a, b) {
      case (.number(let a), .number(let b)):
        a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
      case (.number, .word): true
      case (.word, .number): false
      case (.word(let a), .word(let b)): a.lexicographicallyPrecedes(b)
      }
    }
  }

  private let release: [Part]
  private let before: [Part]

  package init(_ text: String) {
    // What stands behind a plus sign tells builds apart and does not count.
    let bytes = Array(text.utf8).prefix { $0 != UInt8(ascii: "+") }
    let halves = bytes.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
    let parts = { (half: ArraySlice<UInt8>) in
      half.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Part.init)
    }
    var release = parts(halves[0])
    while release.last == .number([]) { release.removeLast() }
    self.release = release
    before = halves.count > 1 ? parts(halves[1]) : []
  }

  package static func < (a: ProviderVersion, b: ProviderVersion) -> Bool {
    if a.release != b.release { return a.release.lexicographicallyPrecedes(b.release) }
    if a.before.isEmpty || b.before.isEmpty { return !a.before.isEmpty && b.before.isEmpty }
    return a.before.lexicographicallyPrecedes(b.before)
  }
}
