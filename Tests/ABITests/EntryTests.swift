import CSISPlugin
import Testing

/// What a provider answers before there is a session.
@Suite struct EntryTests {
  @Test(arguments: BuiltProvider.allCases)
  func `the entry answers no table to a host of another major`(provider: BuiltProvider) throws {
    let raw = try RawProvider(provider.path)
    #expect(raw.table(major: 0) == nil)
    #expect(raw.table(major: 2) == nil)
    #expect(raw.table(major: 99) == nil)
    #expect(raw.table(major: UInt32.max, minor: UInt32.max) == nil)
  }

  @Test(arguments: BuiltProvider.allCases)
  func `the entry answers the same table to a host of any minor, as often as it is called`(
    provider: BuiltProvider
  ) throws {
    let raw = try RawProvider(provider.path)
    let table = try #require(raw.table(major: 1))
    #expect(raw.table(major: 1) == table)
    #expect(raw.table(major: 1, minor: 99) == table)
    #expect(table.pointee.size == UInt32(MemoryLayout<sis_provider>.size))
    #expect(table.pointee.abi_major == 1)
  }

  @Test(arguments: BuiltProvider.allCases)
  func `an extension that a provider does not know is NULL`(provider: BuiltProvider) throws {
    let table = try provider.table()
    for id in ["sis.unknown/1", "", "com.example.extension/7"] {
      #expect(table.pointee.extension(table, id) == nil)
    }
  }
}
