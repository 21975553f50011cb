import Testing

@testable import SimulatorKit

@Suite struct DistrictTruthTests {
  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test func `the truth of a tiny district is this text`() {
    let district = District(DistrictPlan(students: 3, seed: 5, schools: 1, enrollmentsPerStudent: 1))
    let text = DistrictTruth.text(district, source: .powerSchool(.standard))
    for (got, due) in zip(lines(text), lines(TinyDistrict.truth)) { #expect(got == due) }
    #expect(text == TinyDistrict.truth)
  }

  @Test func `lines are sorted by kind and bytewise by id, and no id comes twice`() {
    var plan = DistrictPlan(students: 1500, seed: 6)
    plan.day = 2
    for source in [DistrictTruth.Source.powerSchool(.standard), .csv, .smallAPI] {
      let keys = lines(DistrictTruth.text(District(plan), source: source)).map { line -> [UInt8] in
        let parts = line.split(separator: "\"", maxSplits: 8)
        return Array("\(parts[3])\u{0}\(parts[7])".utf8)
      }
      #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
      #expect(Set(keys).count == keys.count)
      #expect(keys.count > 10_000)
    }
  }

  @Test func `one who never came has a begin and no end`() {
    let truth = TinyDistrict.truth
    #expect(truth.contains(#""sourcedId":"90002","school":"3","user":"S4002","class":"30000","role":"student","beginDate":"2025-08-11"}"#))
  }

  @Test func `a forbidden resource leaves its records out of the truth`() throws {
    var quirks = QuirkSet.standard
    try quirks.apply("PS-Q22=staff")
    let text = DistrictTruth.text(District(DistrictPlan(students: 60)), source: .powerSchool(quirks))
    #expect(!text.contains(#""sourcedId":"T"#))
    #expect(!text.contains(#""role":"teacher""#))
    #expect(text.contains(#""role":"student""#))
  }

  @Test func `numbers come in the order of their digits`() {
    for range in [1..<130, 88..<1205, 4001..<4300, 5..<5, 9..<12] {
      #expect(Array(LexicalNumbers(range)) == range.sorted { "\($0)" < "\($1)" })
    }
  }
}
