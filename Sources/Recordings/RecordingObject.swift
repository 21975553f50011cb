import HostModel
import JSON5

/// An object of a recording's files: asked for its members by name and type. What it is not asked for it
/// may hold.
struct RecordingObject {
  /// For messages: `recording.json`, or `exchanges.jsonl, line 3`.
  let place: String
  private let members: [JSON5Node.Member]

  /// - Throws: `recording-broken`.
  init(_ text: String, place: String) throws(HostError) {
    let node: JSON5Node
    do { node = try JSON5Reader.read(text) } catch {
      throw RecordingLayout.broken(place, "column \(error.place.column): \(error.message)")
    }
    try self.init(node, place: place)
  }

  private init(_ node: JSON5Node, place: String) throws(HostError) {
    guard case .object(let members) = node.value else {
      throw RecordingLayout.broken(place, "an object is due, not \(node.kind)")
    }
    self.members = members
    self.place = place
  }

  private func value(_ key: String) -> JSON5Node.Value? { members.first { $0.key == key }?.node.value }

  private func missing(_ key: String, _ due: String) -> HostError {
    RecordingLayout.broken(place, value(key) == nil ? "\(key) is missing: \(due)" : "\(key) must be \(due)")
  }

  func text(_ key: String) throws(HostError) -> String {
    guard case .string(let text)? = value(key) else { throw missing(key, "text") }
    return text
  }

  func text(_ key: String, default fallback: String) throws(HostError) -> String {
    value(key) == nil ? fallback : try text(key)
  }

  func integer(_ key: String, in range: ClosedRange<Int64> = .min ... .max) throws(HostError) -> Int64 {
    guard case .number(let number)? = value(key), let whole = Int64(exactly: number), range.contains(whole)
    else { throw missing(key, "a whole number") }
    return whole
  }

  func integer(_ key: String, in range: ClosedRange<Int64>, default fallback: Int64) throws(HostError)
    -> Int64
  {
    value(key) == nil ? fallback : try integer(key, in: range)
  }

  func flag(_ key: String, default fallback: Bool) throws(HostError) -> Bool {
    guard let value = value(key) else { return fallback }
    guard case .bool(let flag) = value else { throw missing(key, "true or false") }
    return flag
  }

  func object(_ key: String) throws(HostError) -> RecordingObject? {
    guard let node = members.first(where: { $0.key == key })?.node else { return nil }
    return try RecordingObject(node, place: "\(place), \(key)")
  }

  /// The object as plain JSON.
  func json(_ key: String) throws(HostError) -> String? {
    guard let node = members.first(where: { $0.key == key })?.node else { return nil }
    guard case .object = node.value, let json = node.json() else { throw missing(key, "an object") }
    return json
  }

  /// Members whose values are all text.
  func texts(_ key: String) throws(HostError) -> [(key: String, value: String)] {
    guard let inner = try object(key) else { return [] }
    var found: [(String, String)] = []
    for member in inner.members { found.append((member.key, try inner.text(member.key))) }
    return found
  }
}
