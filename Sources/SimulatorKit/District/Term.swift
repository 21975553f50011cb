/// A school year or a part of one at one school.
struct Term: Sendable {
  let dcid: Int
  /// TERMS.ID: years since 1990, times 100, plus the part: 3501 is the first part of 2025-26.
  let localID: Int
  let school: Int
  let startYear: Int
  /// 1 the year, 2 semesters, 3 trimesters, 4 quarters.
  let portion: Int
  let name: StaticString?
  let abbreviation: StaticString
  let begin: CivilDay
  /// Inclusive.
  let end: CivilDay

  /// The year's own name is made of its numbers: `2025-2026`.
  func writeName(to out: ByteBuffer) {
    if let name {
      out.append(name)
    } else {
      out.append(startYear)
      out.append(UInt8(ascii: "-"))
      out.append(startYear + 1)
    }
  }

  /// The terms of a school in a year, in rising order of their ids. Years other than the current one have
  /// ids of their own.
  static func of(_ school: School, startYear year: Int, current: Int) -> [Term] {
    let base = 200 + school.index * 10 + (year - current) * 100_000
    let first = CivilDay(year, 8, 11)
    let last = CivilDay(year + 1, 5, 29)
    func term(_ part: Int, _ portion: Int, _ name: StaticString?, _ code: StaticString, _ a: CivilDay, _ b: CivilDay)
      -> Term
    {
      Term(
        dcid: base + part, localID: (year - 1990) * 100 + part, school: school.index, startYear: year,
        portion: portion, name: name, abbreviation: code, begin: a, end: b)
    }
    var terms: [Term] = school.hasYearTerm ? [term(0, 1, nil, "YR", first, last)] : []
    let winter = CivilDay(year + 1, 1, 6)
    switch school.level {
    case .elementary:
      terms.append(term(1, 3, "Trimester 1", "T1", first, CivilDay(year, 11, 14)))
      terms.append(term(2, 3, "Trimester 2", "T2", CivilDay(year, 11, 17), CivilDay(year + 1, 2, 27)))
      terms.append(term(3, 3, "Trimester 3", "T3", CivilDay(year + 1, 3, 2), last))
    case .middle:
      terms.append(term(1, 4, "Quarter 1", "Q1", first, CivilDay(year, 10, 10)))
      terms.append(term(2, 4, "Quarter 2", "Q2", CivilDay(year, 10, 13), CivilDay(year, 12, 19)))
      terms.append(term(3, 4, "Quarter 3", "Q3", winter, CivilDay(year + 1, 3, 13)))
      terms.append(term(4, 4, "Quarter 4", "Q4", CivilDay(year + 1, 3, 16), last))
    case .high:
      terms.append(term(1, 2, "Semester 1", "S1", first, CivilDay(year, 12, 19)))
      terms.append(term(2, 2, "Semester 2", "S2", winter, last))
    }
    return terms
  }
}
