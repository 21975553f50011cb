import HostModel
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

@Suite struct CursorTests {
  private func expectWhole(_ whole: Enumeration, _ district: WireDistrict, inFlight: Int, lifo: Bool)
    async throws
  {
    for (index, step) in whole.steps.enumerated() {
      guard let cursor = step.cursor else { continue }
      // What the host has stored when it is killed here, and what the next run brings.
      let before = whole.steps[...index]
      let after = try await Enumeration(district, cursor: cursor, inFlight: inFlight, lifo: lifo)
      let records = before.reduce(into: [:]) { $0.merge($1.records) { $1 } }.merging(after.records) { $1 }
      let place = String(decoding: cursor.bytes, as: UTF8.self)
      #expect(records == whole.records, "\(place)")
      let ends = before.flatMap(\.ends) + after.ends
      #expect(
        Set(ends.map { "\($0.kind) \($0.complete)" }) == Set(whole.ends.map { "\($0.kind) \($0.complete)" }),
        "\(place)")
      #expect(after.steps.count <= whole.steps.count)
    }
  }

  @Test(arguments: [1, 2, 3, 8], [false, true])
  func `from any place of an enumeration the rest follows`(_ inFlight: Int, _ lifo: Bool) async throws {
    let district = WireDistrict()
    let whole = try await Enumeration(district, inFlight: inFlight, lifo: lifo)
    #expect(whole.records.count == 30)
    #expect(
      whole.complete == ["org", "academicSession", "course", "class", "user", "enrollment", "demographics"])
    #expect(whole.steps.count { $0.cursor != nil } > 10)
    try await expectWhole(whole, district, inFlight: inFlight, lifo: lifo)
  }

  @Test(arguments: ["term", "course", "staff", "student", "section", "section_enrollment"])
  func `what was forbidden is not asked for again by the run that goes on`(_ word: String) async throws {
    var district = WireDistrict()
    district.forbid(word)
    let whole = try await Enumeration(district)
    try await expectWhole(whole, district, inFlight: 1, lifo: false)
    // The second word says what is forbidden.
    let knowing = whole.steps.compactMap(\.cursor).filter {
      String(decoding: $0.bytes, as: UTF8.self).split(separator: " ")[1] != "-"
    }
    #expect(!knowing.isEmpty)
    for cursor in knowing {
      let after = try await Enumeration(district, cursor: cursor)
      #expect(!after.targets.contains { $0.contains("/\(word)?") })
    }
  }

  @Test func `the work that is done is not done again`() async throws {
    var district = WireDistrict()
    district.pageSizes["school"] = 100
    let last = try #require(try await Enumeration(district).steps.last?.cursor)
    let after = try await Enumeration(district, cursor: last)
    #expect(
      after.targets.map { $0.split(separator: "?")[0] } == ["/ws/v1/metadata", "/ws/v1/district/school"])
    #expect(after.records.isEmpty)
  }

  @Test func `pages of another size are read again`() async throws {
    let whole = try await Enumeration(WireDistrict())
    let inStudents = try #require(
      whole.steps.compactMap(\.cursor).last {
        String(decoding: $0.bytes, as: UTF8.self).hasPrefix("students ")
      })
    var larger = WireDistrict()
    larger.pageSizes["student"] = 3
    let after = try await Enumeration(larger, cursor: inStudents)
    #expect(after.records.keys.count { $0.hasPrefix("user S") } == 5)
  }

  @Test func `a list that changed meanwhile is not called complete by the run that goes on`() async throws {
    let places = try await Enumeration(WireDistrict()).steps.compactMap(\.cursor).filter {
      String(decoding: $0.bytes, as: UTF8.self).hasPrefix("students - 2 5 ")
    }
    #expect(places.count >= 3)
    var later = WireDistrict()
    later.counts = [4]
    for place in places {
      #expect(try await Enumeration(later, cursor: place).spared == ["user", "demographics"])
      #expect(try await Enumeration(WireDistrict(), cursor: place).spared.isEmpty)
    }
  }

  private func refusal(_ text: String, version: UInt32 = 2) async -> ProviderFault? {
    do {
      _ = try await Enumeration(WireDistrict(), cursor: Cursor(version: version, bytes: Array(text.utf8)))
      return nil
    } catch { return error as? ProviderFault }
  }

  @Test(arguments: [
    "x", "staff", "staff - -", "catalogue -", "catalogue 99 -", "catalogue x -", "students - 0 -",
    "students - -3 1",
    "students - 100 5 0", "students - 100 5 5-3", "students - 100 5 1-2-3", "students - 100 5 x-5",
    "students - 100 5 5--7",
    "students - 100 5 99999999999999999999", "students - 100 5 1-9999999999", "students - 100 x 1",
    "students - 100 -1 1", "sections - 3 0 -",
    "sections - 3 x -", "end",
    "sections - 3 9223372036854775807 -", "sections - 3 99999999999999999999 -",
  ])
  func `a cursor that is damaged is refused`(_ text: String) async {
    #expect(await refusal(text)?.code == .cursor)
  }

  @Test func `any bytes in the place of a cursor are read or refused, and no more`() async throws {
    let places = try await Enumeration(WireDistrict()).steps.compactMap(\.cursor)
    var random = SeededRandom(seed: 5)
    var refused = 0
    for _ in 0..<300 {
      var bytes = places.randomElement(using: &random)?.bytes ?? []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
        case 1 where place < bytes.count: bytes.remove(at: place)
        default: bytes.insert(contentsOf: Array("9999999".utf8), at: place)
        }
      }
      do {
        let after = try await Enumeration(WireDistrict(), cursor: Cursor(version: 2, bytes: bytes))
        #expect(!after.ends.isEmpty || String(decoding: bytes, as: UTF8.self).hasPrefix("end"))
      } catch let fault as ProviderFault {
        #expect(fault.code == .cursor)
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
