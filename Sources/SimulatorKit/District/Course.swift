/// One course of the district's catalogue: a grade and a slot of the timetable, or the study hall. Schools of
/// one level share their courses, so that the same course comes from several schools.
struct Course: Sendable, Hashable {
  let grade: Int
  let slot: Int

  /// Offered everywhere, taken by nobody.
  static let studyHall = Course(grade: 15, slot: 0)
  private static let firstID = 5000
  private static let slots = 64

  init(grade: Int, slot: Int) {
    self.grade = grade
    self.slot = slot
  }

  /// nil where no course can have this id.
  init?(id: Int) {
    let offset = id - Self.firstID
    guard (0..<18 * Self.slots).contains(offset) else { return nil }
    self.init(grade: offset / Self.slots - 2, slot: offset % Self.slots)
  }

  var id: Int { Self.firstID + (grade + 2) * Self.slots + slot }
  private var subject: Int { slot % NamePool.subjects.count }
  private var level: Int { slot / NamePool.subjects.count + 1 }

  func writeName(to out: ByteBuffer) {
    guard self != Self.studyHall else { return out.append("Study Hall / Étude") }
    out.append(NamePool.subjects[subject].title)
    switch grade {
    case ..<0: out.append(" Pre-K")
    case 0: out.append(" K")
    default:
      out.append(UInt8(ascii: " "))
      out.append(grade)
    }
    if level > 1 {
      out.append(" Part ")
      out.append(level)
    }
  }

  /// At most 11 characters, the vendor's limit.
  func writeNumber(to out: ByteBuffer) {
    guard self != Self.studyHall else { return out.append("ZZHALL") }
    out.append(NamePool.subjects[subject].code)
    out.append(padded: grade + 2, width: 2)
    out.append(UInt8(ascii: "-"))
    out.append(level)
  }
}
