import CSISPlugin
import CXXHash
import HostModel
import ProviderABI

/// Turns the fields of records into their canonical form, in one buffer a page (docs/canonical-model.md).
///
/// It trusts nothing: kind, numbers, groups, lengths, lexical forms and what a kind needs are checked. A record that
/// breaks a rule becomes a `RecordReject`; the page goes on. In the steady state a record allocates nothing.
struct RecordBatchBuilder {
  /// More fields than any record needs: a person with a thousand roles is a bug.
  static let maximumFields = SinkBounds.fields

  private let extensions: ExtensionRules?
  private var kind = RecordKind.org
  /// More names of undeclared extension fields than anyone reads.
  static let maximumUndeclared = 64

  /// Extension fields that were dropped since the manifest does not declare them: "lunchCode of user".
  private(set) var undeclared: Set<String> = []
  private(set) var batch = RecordBatch()
  private(set) var rejects: [RecordReject] = []
  private var order: [Int] = []
  private var elements = EncodedList()

  init(extensions: ExtensionRules? = nil) { self.extensions = extensions }

  /// Makes room for a page, and is empty.
  mutating func begin(expecting bytes: Int) {
    _ = take()
    batch.bytes.reserveCapacity(min(bytes, Self.mostReserved))
  }

  private static let mostReserved = 1 << 20

  /// Takes what was built, and is empty again.
  mutating func take() -> (RecordBatch, [RecordReject]) {
    defer {
      batch = RecordBatch()
      rejects = []
      undeclared = []
    }
    return (batch, rejects)
  }

  mutating func reject(_ reject: RecordReject) { rejects.append(reject) }

  /// Adds one record, or the reason why it cannot be used.
  mutating func add(kind number: UInt32, _ fields: UnsafeBufferPointer<sis_field>) {
    let mark = batch.bytes.count
    do throws(Objection) {
      try append(number, fields)
    } catch {
      batch.bytes.removeSubrange(mark...)
      let id = fields.first { $0.id == RosterField.sourcedID }.map { Self.bytes($0.value) }
      rejects.append(
        RecordReject(
          kind: RecordKind(rawValue: number),
          sourcedID: id.map { String(decoding: $0.prefix(255), as: UTF8.self) } ?? "", field: error.field,
          reason: error.reason))
    }
  }

  struct Objection: Error {
    var field: String
    var reason: String
  }

  /// The bytes of a view; none where there is no address, or a length beyond all memory, which size_t carries
  /// into Swift as a negative number. Whoever must tell these from an empty view looks at `len`.
  static func bytes(_ value: sis_bytes) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: value.ptr, count: value.ptr == nil ? 0 : max(value.len, 0))
  }

  // MARK: - One record

  private mutating func append(
    _ number: UInt32, _ fields: UnsafeBufferPointer<sis_field>
  ) throws(Objection) {
    guard let kind = RecordKind(rawValue: number) else {
      throw Objection(field: "", reason: "its kind \(number) is not known to this host")
    }
    self.kind = kind
    guard fields.count <= Self.maximumFields else {
      throw Objection(field: "", reason: "it has \(fields.count) fields; \(Self.maximumFields) are the most")
    }
    try sort(fields)
    guard let first = order.first, fields[first].id == RosterField.sourcedID else {
      throw Objection(field: "sourcedId", reason: "it has no sourcedId")
    }
    // Before it is copied: its length may be anything.
    if let field = RosterField.with(id: RosterField.sourcedID) { try check(field, fields[first]) }
    let id = Self.bytes(fields[first].value)
    let idOffset = batch.bytes.count
    batch.bytes.append(contentsOf: id)
    let offset = batch.bytes.count
    var seen = FieldSet()
    try appendObject(fields, &seen)
    for needed in kind.needs where !needed.contains(where: { seen.contains($0) }) {
      let names = needed.compactMap { RosterField.with(id: $0)?.name }
      throw Objection(field: names.first ?? "", reason: "it has no \(names.joined(separator: " or "))")
    }
    let length = batch.bytes.count - offset
    let digest = batch.bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress?.advanced(by: offset), length) }
    batch.entries.append(
      RecordBatch.Entry(
        kind: kind, offset: offset, length: length, idOffset: idOffset, idLength: id.count,
        digest: RecordDigest(high: digest.high64, low: digest.low64)))
  }

  /// Fills `order` with the places of the fields that have a value, in rising order of their numbers; as they came where
  /// these are equal.
  private mutating func sort(_ fields: UnsafeBufferPointer<sis_field>) throws(Objection) {
    order.removeAll(keepingCapacity: true)
    var isSorted = true
    var last: UInt32 = 0
    for index in 0..<fields.count {
      let field = fields[index]
      if field.value.len == 0 { continue }
      guard field.value.ptr != nil, field.name.len == 0 || field.name.ptr != nil else {
        throw Objection(field: "", reason: "its field \(field.id) has a length and no address")
      }
      guard field.value.len > 0, field.name.len >= 0 else {
        throw Objection(field: "", reason: "its field \(field.id) has a length beyond all memory")
      }
      if field.id < last { isSorted = false }
      last = field.id
      order.append(index)
    }
    if !isSorted {
      order.sort { (fields[$0].id, $0) < (fields[$1].id, $1) }
    }
  }

  private mutating func appendObject(
    _ fields: UnsafeBufferPointer<sis_field>, _ seen: inout FieldSet
  ) throws(Objection) {
    batch.bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    var at = 0
    while at < order.count {
      let number = fields[order[at]].id
      // A number of a newer minor version: this host cannot say what it means, and goes on without it.
      guard let field = RosterField.with(id: number) else {
        at += 1
        continue
      }
      var end = at + 1
      if case .part(let composite) = field.place {
        while end < order.count, let other = RosterField.with(id: fields[order[end]].id),
          case .part(composite) = other.place
        { end += 1 }
      } else {
        while end < order.count, fields[order[end]].id == number { end += 1 }
      }
      for place in at..<end { seen.insert(fields[order[place]].id) }
      if try appendMember(field, fields, at..<end, isFirst: isFirst) { isFirst = false }
      at = end
    }
    batch.bytes.append(UInt8(ascii: "}"))
  }

  /// - Returns: was a member written? An active status is none.
  private mutating func appendMember(
    _ field: RosterField, _ fields: UnsafeBufferPointer<sis_field>, _ range: Range<Int>, isFirst: Bool
  ) throws(Objection) -> Bool {
    if case .part = field.place {} else {
      for place in range { try check(field, fields[order[place]]) }
    }
    if field.id == RosterField.status, range.count == 1,
      LexicalForm.equals(Self.bytes(fields[order[range.lowerBound]].value), "active")
    {
      return false
    }
    var range = range
    if field.place == .named {
      range = try keepDeclared(field, fields, range)
      if range.isEmpty { return false }
    }
    if !isFirst { batch.bytes.append(UInt8(ascii: ",")) }
    switch field.place {
    case .single:
      guard range.count == 1 else { throw Objection(field: field.name, reason: "its \(field.name) stands twice") }
      batch.bytes.append(contentsOf: MemberKey.of(field))
      Self.appendValue(field, Self.bytes(fields[order[range.lowerBound]].value), to: &batch.bytes)
    case .list:
      elements.begin()
      for place in range {
        elements.add { (out) in Self.appendValue(field, Self.bytes(fields[order[place]].value), to: &out) }
      }
      batch.bytes.append(contentsOf: MemberKey.of(field))
      elements.appendSorted(to: &batch.bytes)
    case .typedList: try appendIdentifiers(field, fields, range)
    case .named: try appendExtensions(field, fields, range)
    case .part(let composite): try appendComposites(composite, fields, range)
    }
    return true
  }

  private func check(_ field: RosterField, _ value: sis_field) throws(Objection) {
    if let objection = field.form.objection(to: Self.bytes(value.value)) {
      throw Objection(field: field.name, reason: "its \(field.name) \(objection)")
    }
  }

  static func appendValue(_ field: RosterField, _ value: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    switch field.form {
    case .boolean, .integer: out.append(contentsOf: value)
    case .word, .date, .dateTime:
      out.append(UInt8(ascii: "\""))
      out.append(contentsOf: value)
      out.append(UInt8(ascii: "\""))
    case .text, .id: CanonicalText.append(value, to: &out)
    }
  }

  // MARK: - Lists of objects

  private mutating func appendIdentifiers(
    _ field: RosterField, _ fields: UnsafeBufferPointer<sis_field>, _ range: Range<Int>
  ) throws(Objection) {
    elements.begin()
    for place in range {
      let value = fields[order[place]]
      try checkName(value, most: 64, field)
      elements.add { (out) in
        out.append(contentsOf: Self.type)
        CanonicalText.append(Self.bytes(value.name), to: &out)
        out.append(contentsOf: Self.value)
        CanonicalText.append(Self.bytes(value.value), to: &out)
        out.append(UInt8(ascii: "}"))
      }
    }
    batch.bytes.append(contentsOf: MemberKey.of(field))
    elements.appendSorted(to: &batch.bytes)
  }

  private static let type = Array("{\"type\":".utf8)
  private static let value = Array(",\"value\":".utf8)

  private func checkName(_ value: sis_field, most: Int, _ field: RosterField) throws(Objection) {
    let name = Self.bytes(value.name)
    guard (1...most).contains(name.count), CanonicalText.isText(name, noByteBelow: 0x20) else {
      throw Objection(field: field.name, reason: "one of its \(field.name) has no name of 1 to \(most) bytes")
    }
  }

  /// Checks extension fields against the manifest's declaration; those that it does not declare are moved behind the
  /// end of the range that is answered.
  private mutating func keepDeclared(
    _ field: RosterField, _ fields: UnsafeBufferPointer<sis_field>, _ range: Range<Int>
  ) throws(Objection) -> Range<Int> {
    guard let extensions else { return range }
    var kept: [Int] = []
    var dropped: [Int] = []
    for place in range.map({ order[$0] }) {
      let name = Self.bytes(fields[place].name)
      guard let form = extensions.form(kind, name) else {
        if undeclared.count < Self.maximumUndeclared {
          undeclared.insert("\(String(decoding: name.prefix(128), as: UTF8.self)) of \(kind.name)")
        }
        dropped.append(place)
        continue
      }
      if let objection = form.objection(to: Self.bytes(fields[place].value)) {
        let name = String(decoding: name, as: UTF8.self)
        throw Objection(field: "\(field.name).\(name)", reason: "its extension field \(name) \(objection)")
      }
      kept.append(place)
    }
    order.replaceSubrange(range, with: kept + dropped)
    return range.lowerBound..<range.lowerBound + kept.count
  }

  /// Extensions are rare: clarity before speed.
  private mutating func appendExtensions(
    _ field: RosterField, _ fields: UnsafeBufferPointer<sis_field>, _ range: Range<Int>
  ) throws(Objection) {
    var byName: [[UInt8]: [Int]] = [:]
    for place in range {
      try checkName(fields[order[place]], most: 128, field)
      byName[Array(Self.bytes(fields[order[place]].name)), default: []].append(place)
    }
    batch.bytes.append(contentsOf: MemberKey.of(field))
    var separator = UInt8(ascii: "{")
    for (name, places) in byName.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      batch.bytes.append(separator)
      separator = UInt8(ascii: ",")
      name.withUnsafeBytes { CanonicalText.append($0, to: &batch.bytes) }
      batch.bytes.append(UInt8(ascii: ":"))
      elements.begin()
      for place in places {
        elements.add { (out) in CanonicalText.append(Self.bytes(fields[order[place]].value), to: &out) }
      }
      elements.appendSorted(to: &batch.bytes)
    }
    batch.bytes.append(UInt8(ascii: "}"))
  }

  private mutating func appendComposites(
    _ composite: Composite, _ fields: UnsafeBufferPointer<sis_field>, _ range: Range<Int>
  ) throws(Objection) {
    elements.begin()
    for place in range {
      let group = fields[order[place]].group
      guard group != 0 else {
        throw Objection(field: composite.rawValue, reason: "a part of its \(composite.rawValue) has no group")
      }
      // Each group is written when its first part is met.
      if range.lowerBound..<place ~= range.first(where: { fields[order[$0]].group == group }) ?? place { continue }
      var failure: Objection?
      elements.add { (out) in
        var separator = UInt8(ascii: "{")
        var last: UInt32 = 0
        for part in place..<range.upperBound where fields[order[part]].group == group {
          let raw = fields[order[part]]
          guard let field = RosterField.with(id: raw.id) else { continue }
          if let objection = field.form.objection(to: Self.bytes(raw.value)) {
            failure = Objection(
              field: composite.rawValue, reason: "the \(field.name) in its \(composite.rawValue) \(objection)")
          } else if raw.id == last {
            failure = Objection(
              field: composite.rawValue, reason: "the \(field.name) in its \(composite.rawValue) stands twice")
          }
          last = raw.id
          out.append(separator)
          separator = UInt8(ascii: ",")
          out.append(contentsOf: MemberKey.of(field))
          Self.appendValue(field, Self.bytes(raw.value), to: &out)
        }
        out.append(UInt8(ascii: "}"))
      }
      if let failure { throw failure }
    }
    batch.bytes.append(contentsOf: MemberKey.of(composite))
    elements.appendSorted(to: &batch.bytes)
  }
}
