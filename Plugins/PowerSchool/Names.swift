import SISKit

/// The `name` of a person.
struct Names {
  var first: JSONText?
  var middle: JSONText?
  var last: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      if reader.matches(key, "first_name") {
        first = try reader.lenientScalar()
      } else if reader.matches(key, "middle_name") {
        middle = try reader.lenientScalar()
      } else if reader.matches(key, "last_name") {
        last = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  func add(to record: inout Record, of reader: borrowing JSONReader) {
    record.add(.givenName, first, of: reader)
    record.add(.middleName, middle, of: reader)
    record.add(.familyName, last, of: reader)
  }
}

/// An address of a person: PowerSchool has them by purpose.
struct Address {
  var street: JSONText?
  var city: JSONText?
  var state: JSONText?
  var postcode: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      if reader.matches(key, "street") {
        street = try reader.lenientScalar()
      } else if reader.matches(key, "city") {
        city = try reader.lenientScalar()
      } else if reader.matches(key, "state_province") {
        state = try reader.lenientScalar()
      } else if reader.matches(key, "postal_code") {
        postcode = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  func isEmpty(_ reader: borrowing JSONReader) -> Bool {
    !reader.hasValue(street) && !reader.hasValue(city) && !reader.hasValue(state)
      && !reader.hasValue(postcode)
  }

  func add(to record: inout Record, type: StaticString, group: UInt32, of reader: borrowing JSONReader) {
    guard !isEmpty(reader) else { return }
    record.add(.addressType, type, group: group)
    record.add(.addressStreet, street, of: reader, group: group)
    record.add(.addressCity, city, of: reader, group: group)
    record.add(.addressState, state, of: reader, group: group)
    record.add(.addressPostcode, postcode, of: reader, group: group)
  }
}
