/// The FIQL dialect of `q=` on student lists (sis-apis.md 2.6): conditions joined by `;`.
struct StudentFilter: Sendable {
  enum Operation: String, Sendable, CaseIterable {
    case greaterOrEqual = "=ge="
    case lessOrEqual = "=le="
    case greater = "=gt="
    case less = "=lt="
    case equal = "=="
  }

  struct Condition: Sendable {
    let field: String
    let operation: Operation
    let values: [String]
  }

  static let fields = [
    "student_username", "local_id", "name.last_name", "name.first_name", "school_enrollment.enroll_status",
    "school_enrollment.enroll_status_code", "school_enrollment.entry_date", "state_province_id", "id",
  ]

  let conditions: [Condition]

  struct Invalid: Error {
    let field: String
    let message: String
  }

  init(_ text: String) throws(Invalid) {
    var found: [Condition] = []
    for part in text.split(separator: ";", omittingEmptySubsequences: true) {
      guard let match = Self.split(part) else {
        throw Invalid(field: String(part), message: "Invalid query expression")
      }
      guard Self.fields.contains(match.field) else {
        throw Invalid(field: match.field, message: "The field is not searchable")
      }
      found.append(match)
    }
    conditions = found
  }

  private static func split(_ part: Substring) -> Condition? {
    guard let sign = part.firstIndex(of: "=") else { return nil }
    let field = String(part[..<sign])
    let rest = part[sign...]
    guard let operation = Operation.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else { return nil }
    var value = rest.dropFirst(operation.rawValue.count)
    if value.hasPrefix("("), value.hasSuffix(")") {
      value = value.dropFirst().dropLast()
      return Condition(field: field, operation: operation, values: value.split(separator: ",").map(String.init))
    }
    return Condition(field: field, operation: operation, values: [String(value)])
  }

  /// Only a list of standings, all of them current: the answer is known without a look at each student.
  var isCurrentOnly: Bool {
    guard conditions.count == 1, conditions[0].field == "school_enrollment.enroll_status" else { return false }
    return Set(conditions[0].values) == ["A", "P"]
  }

  func matches(_ student: Student) -> Bool {
    conditions.allSatisfy { condition in condition.values.contains { matches(student, condition, $0) } }
  }

  private func matches(_ student: Student, _ condition: Condition, _ value: String) -> Bool {
    let scratch = ByteBuffer(capacity: 64)
    switch condition.field {
    case "id": return compare(student.dcid, condition.operation, Int(value))
    case "local_id": return compare(student.number, condition.operation, Int(value))
    case "school_enrollment.enroll_status_code":
      return compare(student.status.code, condition.operation, Int(value))
    case "school_enrollment.entry_date":
      return compare(student.entry.number, condition.operation, CivilDay(value)?.number)
    case "school_enrollment.enroll_status": scratch.append(student.status.letter)
    case "name.last_name": student.writeFamily(to: scratch)
    case "name.first_name": scratch.append(student.given.display)
    case "student_username": student.writeUsername(to: scratch)
    default: if student.hasStateID { student.writeStateID(to: scratch) }
    }
    let text = scratch.text
    if value.hasSuffix("*") { return text.hasPrefix(value.dropLast()) }
    return condition.operation == .equal && text == value
  }

  private func compare(_ left: Int, _ operation: Operation, _ right: Int?) -> Bool {
    guard let right else { return false }
    return switch operation {
    case .equal: left == right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .less: left < right
    case .lessOrEqual: left <= right
    }
  }
}
