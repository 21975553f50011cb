import HostModel
import JSON5

/// Collects what is wrong while a config is read.
final class ConfigProblems {
  let file: String
  private(set) var list: [ConfigProblem] = []
  init(file: String) { self.file = file }

  func add(_ place: TextPlace, _ path: String, _ message: String) {
    list.append(ConfigProblem(file: file, place: place, path: path, message: message))
  }
}

/// A value of the config together with where it stands.
struct Located<Value> {
  var value: Value
  var place: TextPlace
  var path: String
}

/// One object of the config: asked for its keys by name and type. Each answer that cannot be given adds a
/// problem; unknown keys are refused when it is made.
struct ConfigObject {
  let members: [JSON5Node.Member]
  let place: TextPlace
  let path: String
  let problems: ConfigProblems

  /// Nil, with a problem, for anything but an object.
  init?(_ node: JSON5Node, path: String, keys: [String], _ problems: ConfigProblems) {
    guard case .object(let members) = node.value else {
      problems.add(node.place, path, "must be an object, not \(Self.shown(node))")
      return nil
    }
    self.members = members
    self.place = node.place
    self.path = path
    self.problems = problems
    for member in members where !keys.contains(member.key) {
      let nearest = Suggestion.nearest(to: member.key, among: keys)
      let advice = nearest.map { "did you mean \($0)?" } ?? "known here are \(keys.joined(separator: ", "))"
      let end = advice.hasSuffix("?") ? String(advice.dropLast()) : advice
      problems.add(member.place, self.path(member.key), "is not a known key; \(end)")
    }
  }

  func path(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
  func node(_ key: String) -> JSON5Node? { members.first { $0.key == key }?.node }

  /// Says that a key that must be there is not.
  func missing(_ key: String, _ hint: String) { problems.add(place, path(key), "is missing: \(hint)") }

  func text(_ key: String, needed hint: String? = nil) -> Located<String>? {
    guard let node = present(key, needed: hint) else { return nil }
    guard case .string(let text) = node.value, !text.isEmpty else {
      problems.add(node.place, path(key), "must be text, not \(Self.shown(node))")
      return nil
    }
    return Located(value: text, place: node.place, path: path(key))
  }

  func integer(_ key: String, in range: ClosedRange<Int>, needed hint: String? = nil) -> Int? {
    guard let node = present(key, needed: hint) else { return nil }
    guard case .number(let number) = node.value, let whole = Int(exactly: number), range.contains(whole)
    else {
      problems.add(
        node.place, path(key),
        "must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(Self.shown(node))")
      return nil
    }
    return whole
  }

  /// A share from 0 to 1.
  func share(_ key: String) -> Double? {
    guard let node = node(key) else { return nil }
    guard case .number(let number) = node.value, (0...1).contains(number) else {
      problems.add(
        node.place, path(key), "must be a share from 0 to 1 (0.10 is 10 %), not \(Self.shown(node))")
      return nil
    }
    return number
  }

  func flag(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .bool(let flag) = node.value else {
      problems.add(node.place, path(key), "must be true or false, not \(Self.shown(node))")
      return nil
    }
    return flag
  }

  func list(_ key: String, needed hint: String? = nil) -> [Located<JSON5Node>]? {
    guard let node = present(key, needed: hint) else { return nil }
    guard case .array(let elements) = node.value else {
      problems.add(node.place, path(key), "must be a list, not \(Self.shown(node))")
      return nil
    }
    return elements.enumerated().map {
      Located(value: $1, place: $1.place, path: "\(path(key))[\($0)]")
    }
  }

  private func present(_ key: String, needed hint: String?) -> JSON5Node? {
    let node = node(key)
    if node == nil, let hint { missing(key, hint) }
    return node
  }

  /// The value as a sentence can quote it.
  static func shown(_ node: JSON5Node) -> String {
    switch node.value {
    case .string(let text): text.isEmpty ? "empty text" : "the text \"\(text.prefix(40))\""
    case .number(let number): "the number \(Int64(exactly: number).map(String.init) ?? String(number))"
    case .bool(let flag): flag ? "true" : "false"
    default: node.kind
    }
  }
}
