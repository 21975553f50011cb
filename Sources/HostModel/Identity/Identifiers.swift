/// The form of a name that stands in configs, file names and URLs: `[a-z0-9-]`, 1 to 64.
package enum Identifier {
  package static func isValid(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}

/// The name of one configured connection to one SIS: `[a-z0-9-]`, 1 to 64.
package struct IntegrationID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }
}

/// The id of a provider, as its manifest says it: `[a-z0-9-]`, 1 to 64.
package struct ProviderID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }
}

/// The number of one run, host-minted, rising.
package struct RunID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
  package var description: String { String(rawValue) }
  package static func < (a: RunID, b: RunID) -> Bool { a.rawValue < b.rawValue }
}
