/// The three kinds of school; each has its grades, its way to divide the year, and its courses.
enum SchoolLevel: Int, Sendable, CaseIterable {
  case elementary, middle, high

  /// As PowerSchool counts: below 0 pre-kindergarten, 0 kindergarten.
  var grades: ClosedRange<Int> {
    switch self {
    case .elementary: -1...5
    case .middle: 6...8
    case .high: 9...12
    }
  }

  var word: StaticString {
    switch self {
    case .elementary: "Elementary"
    case .middle: "Middle"
    case .high: "High School"
    }
  }
}

/// One school: where its students, sections and staff stand in the district's numbering.
struct School: Sendable {
  /// 0 based.
  let index: Int
  let level: SchoolLevel
  let students: Int
  let firstSection: Int
  let sections: Int
  /// Its own people; those who visit from the school before it come besides.
  let firstPerson: Int
  let teachers: Int
  let people: Int

  static let cohortSize = 25

  var dcid: Int { index + 3 }
  var number: Int { 20 + index * 10 }
  var cohorts: Int { (students + School.cohortSize - 1) / School.cohortSize }
  /// Every seventh school has no term for the whole year, only its parts.
  var hasYearTerm: Bool { index % 7 != 6 }
  var hasStateID: Bool { index % 3 != 1 }
  var lowGrade: Int { level == .elementary && index % 2 == 1 ? 0 : level.grades.lowerBound }
  var highGrade: Int { level.grades.upperBound }

  func writeName(to out: ByteBuffer) {
    out.append(NamePool.schools[index % NamePool.schools.count])
    if index >= NamePool.schools.count {
      out.append(UInt8(ascii: " "))
      out.append(index / NamePool.schools.count + 1)
    }
    out.append(UInt8(ascii: " "))
    out.append(level.word)
  }

  func writeStateID(to out: ByteBuffer) {
    out.append("0700")
    out.append(padded: index, width: 5)
  }
}
