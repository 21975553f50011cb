/// What a member of the staff does at a school: PowerSchool's numbers.
enum StaffType: Int, Sendable {
  case teacher = 1
  case office = 2
  case lunch = 3
  case substitute = 4
}

/// A person at one school: a row of PowerSchool's SCHOOLSTAFF table. A person who works at two schools has
/// two rows, each with an id of its own (PS-Q14).
struct StaffRow: Sendable {
  let seed: UInt64
  let person: Int
  let school: Int
  let isVisitor: Bool
  let type: StaffType
  let hasAffiliation: Bool
  /// Affiliated with the district office too (school 0).
  let isAtOffice: Bool

  static let firstID = 2000
  static let firstUser = 501

  /// The visitor's row is the older one (lower id) for every second person.
  var id: Int { Self.firstID + person * 2 + ((person % 2 == 1) == isVisitor ? 0 : 1) }
  var usersDCID: Int { Self.firstUser + person }
  var details: StaffDetails { StaffDetails(seed: seed, person: person, isVisitor: isVisitor) }
}

/// The scalar fields of a row. Work mail and phone differ between the rows of one person, so that a reader
/// who merges them in the wrong order is found out.
struct StaffDetails: Sendable {
  let seed: UInt64
  let person: Int
  let isVisitor: Bool

  private var draws: SplitMix64 { SplitMix64(seed: seed, stream: .staff, index: person) }
  private var names: (given: PersonName, family: PersonName) {
    var draws = draws
    return (
      NamePool.given[draws.below(NamePool.given.count)], NamePool.family[draws.below(NamePool.family.count)]
    )
  }

  /// A number for most, text for some.
  var localNumber: Int? { person % 9 == 4 ? nil : 700 + person }
  var hasTeacherLogin: Bool { person % 5 != 3 }
  var hasLogin: Bool { person % 31 != 30 }
  var hasMail: Bool { person % 17 != 16 }
  var hasPhone: Bool { person % 3 != 2 }
  var hasAddress: Bool { person % 4 == 1 }
  var hasMiddle: Bool { person % 2 == 0 }

  func writeLocalID(to out: ByteBuffer) {
    if let localNumber { return out.append(localNumber) }
    out.append("0A")
    out.append(person)
  }

  func writeGiven(to out: ByteBuffer) { out.append(names.given.display) }
  func writeMiddle(to out: ByteBuffer) { out.append(NamePool.middle[person % NamePool.middle.count]) }
  func writeFamily(to out: ByteBuffer) { out.append(names.family.display) }

  func writeLogin(to out: ByteBuffer) {
    let names = names
    out.append(names.family.plain)
    out.append(person)
  }

  func writeMail(to out: ByteBuffer) {
    let names = names
    out.append(names.given.plain)
    out.append(UInt8(ascii: "."))
    out.append(names.family.plain)
    out.append(person)
    out.append(isVisitor ? "@visiting.example.org" : "@example.org")
  }

  /// Ten digits and nothing else, so that it may come as a number (PS-Q06).
  var phone: Int { 4_805_500_000 + person * 2 + (isVisitor ? 1 : 0) }

  func writeStreet(to out: ByteBuffer) {
    out.append(100 + person)
    out.append(UInt8(ascii: " "))
    out.append(NamePool.streets[person % NamePool.streets.count])
  }
  var city: StaticString { NamePool.cities[person % NamePool.cities.count] }
  var postcode: Int { 85_200 + person % 99 }
}
