/// The standing of a student: PowerSchool's letter and number.
enum EnrollStatus: Sendable, Equatable {
  case active, preRegistered, transferred, graduated, historical, inactive

  var letter: StaticString {
    switch self {
    case .active: "A"
    case .preRegistered: "P"
    case .transferred: "T"
    case .graduated: "G"
    case .historical: "H"
    case .inactive: "I"
    }
  }

  var code: Int {
    switch self {
    case .active: 0
    case .preRegistered: -1
    case .transferred: 2
    case .graduated: 3
    case .historical: 4
    case .inactive: 1
    }
  }

  var word: StaticString {
    switch self {
    case .active: "Active"
    case .preRegistered: "Pre-registered"
    case .transferred: "Transferred Out"
    case .graduated: "Graduated"
    case .historical: "Imported as Historical"
    case .inactive: "Inactive"
    }
  }

  var isCurrent: Bool { self == .active || self == .preRegistered }
}

/// One student on one day of the district: derived from the seed and the student's number when it is asked
/// for, never stored.
struct Student: Sendable {
  /// Within the district, 0 based; the ids follow from it.
  let index: Int
  let given: PersonName
  let middle: StaticString?
  let family: PersonName
  /// The second half of a hyphenated family name.
  let family2: PersonName?
  /// `F`, `M`, `X`, or nil.
  let gender: StaticString?
  let birth: CivilDay?
  let school: Int
  let grade: Int
  let status: EnrollStatus
  let entry: CivilDay
  /// The last day, inclusive; before `entry` for one who never came.
  let last: CivilDay
  /// 0 where nobody has set it.
  let graduation: Int
  let hasStateID: Bool
  let hasPhone: Bool
  let hasMail: Bool
  /// Counts the changes of the mail address.
  let mailEdition: Int
  let home: Home?

  static let firstID = 4001
  var dcid: Int { Student.firstID + index }
  var number: Int { 100_001 + index }
  var isAtGraduatesSchool: Bool { status == .graduated }
  /// Told by PowerSchool with white space around it.
  var hasPaddedName: Bool { index % 13 == 6 }
  /// Rendered with `\u` escapes for all that is not ASCII.
  var isEscaped: Bool { index % 5 == 2 }
  var phone: Int { 4_805_000_000 + index }

  func writeFamily(to out: ByteBuffer) {
    out.append(family.display)
    guard let family2 else { return }
    out.append(UInt8(ascii: "-"))
    out.append(family2.display)
  }

  func writeUsername(to out: ByteBuffer) {
    out.append(family.plain)
    out.append(UInt8(ascii: "."))
    out.append(given.plain)
    out.append(index)
  }

  func writeMail(to out: ByteBuffer) {
    out.append(given.plain)
    out.append(UInt8(ascii: "."))
    out.append(family.plain)
    out.append(index)
    if mailEdition > 0 {
      out.append(UInt8(ascii: "+"))
      out.append(mailEdition)
    }
    out.append("@students.example.org")
  }

  func writeStateID(to out: ByteBuffer) {
    out.append("99")
    out.append(padded: 112_233 + index, width: 8)
  }

  func writePhone(to out: ByteBuffer) {
    out.append(phone / 10_000_000)
    out.append(UInt8(ascii: "-"))
    out.append(padded: phone / 10_000 % 1000, width: 3)
    out.append(UInt8(ascii: "-"))
    out.append(padded: phone % 10_000, width: 4)
  }
}

/// Where a student lives and gets mail.
struct Home: Sendable {
  let number: Int
  let street: StaticString
  let city: StaticString
  /// Some begin with 0, and must keep it.
  let postcode: Int
  /// An apartment in the same line, behind a tab.
  let apartment: Int?
  /// 0: mail goes nowhere else.
  let postBox: Int

  func writeStreet(to out: ByteBuffer) {
    out.append(number)
    out.append(UInt8(ascii: " "))
    out.append(street)
    guard let apartment else { return }
    out.append("\tApt ")
    out.append(apartment)
  }

  func writeMailStreet(to out: ByteBuffer) {
    out.append("PO Box ")
    out.append(postBox)
  }
}
