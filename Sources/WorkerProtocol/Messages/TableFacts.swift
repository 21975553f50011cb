/// What a provider's table (`sis_provider`) says, as values: read where the provider runs, checked by the
/// host.
package struct TableFacts: Sendable, Equatable {
  /// What must not be NULL, in the table's order.
  package enum Member: UInt32, Sendable, CaseIterable {
    case id = 1
    case version, open, `extension`

    package var name: String { "\(self)" }
  }

  package static let mostManifestBytes = 1 << 20

  package var size: UInt32
  /// The first that is NULL. Then, and where the size is too small, nothing else is known.
  package var missing: Member?
  package var abiMajor: UInt32 = 0
  package var abiMinor: UInt32 = 0
  package var cursorVersion: UInt32 = 0
  package var cursorOldest: UInt32 = 0
  /// At most 128 bytes each.
  package var id: [UInt8] = []
  package var version: [UInt8] = []
  package var manifest: [UInt8] = []

  package init(size: UInt32) { self.size = size }

  /// Can a session of this provider read a cursor of `version`?
  package func reads(cursorVersion version: UInt32) -> Bool {
    cursorOldest <= version && version <= cursorVersion
  }

  func write(to writer: inout WireWriter) {
    writer.put(size)
    writer.put(missing?.rawValue ?? 0)
    for number in [abiMajor, abiMinor, cursorVersion, cursorOldest] { writer.put(number) }
    for bytes in [id, version, manifest] { writer.put(counted: bytes) }
  }

  init(_ reader: inout WireReader) throws(WireError) {
    size = try reader.u32()
    let missing = try reader.u32()
    guard missing == 0 || Member(rawValue: missing) != nil else {
      throw WireError("it sent a table that lacks member \(missing), which there is not")
    }
    self.missing = Member(rawValue: missing)
    abiMajor = try reader.u32()
    abiMinor = try reader.u32()
    cursorVersion = try reader.u32()
    cursorOldest = try reader.u32()
    id = try reader.array(most: 128)
    version = try reader.array(most: 128)
    manifest = try reader.array(most: Self.mostManifestBytes)
  }
}
