import Testing

@testable import HostModel

@Suite struct RosterFieldTests {
  @Test func `the catalogue stands in rising order of id`() {
    let ids = RosterField.catalogue.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
  }

  @Test func `a field is found by its number and an unknown number is nil`() {
    #expect(RosterField.with(id: 74)?.name == "familyName")
    #expect(RosterField.with(id: 19) == nil)
    #expect(RosterField.with(id: .max) == nil)
  }

  @Test func `every needed field is in the catalogue`() {
    for kind in RecordKind.allCases {
      for id in kind.needs.flatMap({ $0 }) { #expect(RosterField.with(id: id) != nil) }
    }
  }

  @Test func `export order is the bytewise order of the kinds' names`() {
    let names = RecordKind.inExportOrder.map(\.name)
    #expect(names == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(Set(names).count == RecordKind.allCases.count)
  }
}
