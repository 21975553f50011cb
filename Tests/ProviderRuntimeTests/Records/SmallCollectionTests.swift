import HostModel
import Testing

@testable import ProviderRuntime

/// What the record builder keeps beside its buffer.
@Suite struct SmallCollectionTests {
  @Test func `an encoded list is written sorted bytewise and without repeats`() {
    var list = EncodedList()
    func written(_ elements: [String]) -> String {
      list.begin()
      for element in elements { list.add { $0.append(contentsOf: element.utf8) } }
      var out = Array("x".utf8)
      list.appendSorted(to: &out)
      return String(decoding: out, as: UTF8.self)
    }
    #expect(written([]) == "x[]")
    #expect(written(["b"]) == "x[b]")
    #expect(written(["b", "a", "b", "é", "Z", "a", "b"]) == "x[Z,a,b,é]")
    #expect(written(["aa", "a", "aaa"]) == "x[a,aa,aaa]", "nothing is left of the list before")
  }

  @Test func `a field set holds the numbers below 256 and no other`() {
    var set = FieldSet()
    let numbers: [UInt32] = [0, 1, 63, 64, 127, 128, 191, 192, 255]
    for number in numbers { set.insert(number) }
    for number in UInt32(0)..<256 { #expect(set.contains(number) == numbers.contains(number)) }
    set.insert(256)
    set.insert(.max)
    #expect(!set.contains(256) && !set.contains(.max))
  }

  @Test func `every field and composite has the key that the model names`() {
    for field in RosterField.catalogue {
      #expect(String(decoding: MemberKey.of(field), as: UTF8.self) == "\"\(field.name)\":")
    }
    for composite in Composite.allCases {
      #expect(String(decoding: MemberKey.of(composite), as: UTF8.self) == "\"\(composite.rawValue)\":")
    }
  }
}
