/// One section: a course at a school, held for one cohort's slot of the timetable.
struct Section: Sendable {
  /// Within the district, 0 based; the id follows from it.
  let index: Int
  let school: Int
  /// nil: the study hall.
  let cohort: Int?
  let slot: Int
  let course: Course
  let term: Term
  /// The lead teacher's SCHOOLSTAFF id; some sections name one who has left, some name nobody (PS-Q24).
  let staff: Int?

  static let firstID = 30_000
  var id: Int { Section.firstID + index }
  /// Some sections know their meeting times only as the external expression.
  var isExternal: Bool { index % 29 == 11 }

  func writeNumber(to out: ByteBuffer) { out.append(padded: (cohort ?? 0) + 1, width: 2) }

  func writeExpression(to out: ByteBuffer) {
    out.append(slot + 1)
    switch slot % 3 {
    case 0: out.append("(A-B)")
    case 1: out.append("(A)")
    default: out.append("(M,W,F)")
    }
  }
}
