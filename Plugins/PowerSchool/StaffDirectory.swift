import SISKit

/// The staff of all schools, merged to persons. It grows with the staff, about one in fifteen of a district's people, and is
/// the only thing that a session keeps of the district.
struct StaffDirectory {
  private struct Person {
    var member: StaffMember
    /// The school whose list the member stood in.
    var listedAt: String
    var affiliations: [StaffMember.Affiliation]
  }

  /// By sourcedId, in the order in which they were first seen.
  private var persons: [[UInt8]: Person] = [:]
  private var order: [[UInt8]] = []
  /// From the number of a row (SCHOOLSTAFF.DCID), which sections name, to the person's sourcedId.
  private var personOfRow: [[UInt8]: [UInt8]] = [:]

  mutating func add(_ member: StaffMember, listedAt school: String) {
    let key = member.personID
    personOfRow[member.id] = key
    guard var person = persons[key] else {
      order.append(key)
      persons[key] = Person(member: member, listedAt: school, affiliations: member.affiliations)
      return
    }
    person.affiliations += member.affiliations
    if member.precedes(person.member) {
      person.member = member
      person.listedAt = school
    }
    persons[key] = person
  }

  /// The sourcedId of the person behind a section's `staff_id`; nil for one whom no list holds (PS-Q24).
  func person(ofRow id: [UInt8]) -> [UInt8]? { personOfRow[id] }

  /// Emits a user for each person, and forgets all but who teaches what.
  mutating func emit(to output: inout Output) {
    for key in order {
      guard let person = persons[key] else { continue }
      output.record(.user) { record in
        record.add(.sourcedID, key)
        for value in person.member.fields where value.field.rawValue < Field.role.rawValue { record.add(value) }
        var roles = person.affiliations
        if roles.isEmpty { roles = [.init(school: Array(person.listedAt.utf8), role: .staff)] }
        for (index, role) in roles.enumerated() {
          record.add(.role, role.role.word, group: UInt32(index + 1))
          record.add(.roleOrg, role.school, group: UInt32(index + 1))
        }
        for value in person.member.fields where value.field.rawValue > Field.role.rawValue { record.add(value) }
      }
    }
    forgetPersons()
  }

  mutating func forgetPersons() {
    persons = [:]
    order = []
  }
}

extension Record {
  fileprivate mutating func add(_ kept: (field: Field, group: UInt32, name: StaticString?, value: [UInt8])) {
    add(kept.field, kept.value, group: kept.group, name: kept.name)
  }
}
