import SISKit

/// The staff of all schools, merged to persons. It grows with the staff, about one in fifteen of a district's people, and is
/// the only thing that a session keeps of the district: some 500 bytes a person until they are emitted, 150 from then on.
struct StaffDirectory {
  private struct Person {
    /// Of the row that the fields are from: the lowest one.
    var row: [UInt8]
    var fields: PackedFields
    var roles: PackedFields
    /// The school whose list that row stood in.
    var listedAt: String
  }

  /// By sourcedId, and the order in which they were first seen.
  private var persons: [[UInt8]: Person] = [:]
  private var order: [[UInt8]] = []
  private var emitted = 0
  /// From the number of a row (SCHOOLSTAFF.DCID), which sections name, to the person's sourcedId.
  private var personOfRow: [[UInt8]: [UInt8]] = [:]

  mutating func add(_ member: StaffMember, listedAt school: String) {
    let key = member.personID
    personOfRow[member.id] = key
    guard let index = persons.index(forKey: key) else {
      order.append(key)
      persons[key] = Person(row: member.id, fields: member.fields, roles: member.roles, listedAt: school)
      return
    }
    persons.values[index].roles.add(member.roles)
    guard member.precedes(persons.values[index].row) else { return }
    persons.values[index].row = member.id
    persons.values[index].fields = member.fields
    persons.values[index].listedAt = school
  }

  /// The sourcedId of the person behind a section's `staff_id`; nil for one whom no list holds (PS-Q24).
  func person(ofRow id: [UInt8]) -> [UInt8]? { personOfRow[id] }

  /// Has every person been emitted?
  var isEmitted: Bool { emitted == order.count }

  /// Emits a user for each of the next persons, and forgets all of them but who teaches what.
  mutating func emit(atMost count: Int, to output: inout Output) {
    for key in order[emitted...].prefix(count) {
      emitted += 1
      guard let person = persons.removeValue(forKey: key) else { continue }
      output.record(.user) { record in
        record.add(.sourcedID, key)
        person.fields.each { (field, group, value) in
          if field.rawValue < Field.role.rawValue { record.add(field, value, group: UInt32(group), name: name(of: field)) }
        }
        addRoles(of: person, to: &record)
        person.fields.each { (field, group, value) in
          if field.rawValue > Field.role.rawValue { record.add(field, value, group: UInt32(group)) }
        }
      }
    }
    if isEmitted { forgetPersons() }
  }

  private func name(of field: Field) -> StaticString? { field == .identifier ? "staffNumber" : nil }

  private func addRoles(of person: Person, to record: inout Record) {
    var group: UInt32 = 0
    person.roles.each { (field, _, value) in
      if field == .role { group += 1 }
      record.add(field, value, group: group)
    }
    guard group == 0 else { return }
    record.add(.role, "staff", group: 1)
    record.add(.roleOrg, person.listedAt, group: 1)
  }

  mutating func forgetPersons() {
    persons = [:]
    order = []
    emitted = 0
  }
}
