import HostModel
import HostRuntime
import JSON5

/// What the running host answered.
struct ControlAnswer {
  let json: JSONValue
  private let root: JSON5Node

  /// - Throws: where no host runs, or where it answers an error.
  init(_ request: ControlRequest, _ config: HostConfig) throws {
    guard let answer = try Self.ifRunning(request, config) else {
      throw HostError(
        .configuration, "not-running", "No host serves \(config.file): nothing listens on \(config.controlSocket)",
        advice: "Start it with homeroom serve; a sync by hand takes the newest files anyway")
    }
    self = answer
  }

  /// Nil where no host runs.
  static func ifRunning(_ request: ControlRequest, _ config: HostConfig) throws -> ControlAnswer? {
    guard let line = try request.ask(config) else { return nil }
    let answer = ControlAnswer(json: .raw(line), root: try JSON5Reader.read(line))
    if let error = ControlObject(answer.root).object("error") { throw error.error }
    return answer
  }

  private init(json: JSONValue, root: JSON5Node) {
    self.json = json
    self.root = root
  }

  func objects(_ key: String) -> [ControlObject] {
    guard case .array(let elements) = ControlObject(root).value(key) else { return [] }
    return elements.map(ControlObject.init)
  }
}

/// One object of an answer; what is not there is empty.
struct ControlObject {
  private let node: JSON5Node
  init(_ node: JSON5Node) { self.node = node }

  /// As it was answered.
  var json: JSONValue { node.json().map(JSONValue.raw) ?? .null }

  /// The object as an error.
  var error: HostError {
    HostError(
      HostError.Category(rawValue: text("category")) ?? .unknown, text("code"), text("message"),
      advice: text("advice"))
  }

  func value(_ key: String) -> JSON5Node.Value? {
    guard case .object(let members) = node.value else { return nil }
    return members.first { $0.key == key }?.node.value
  }

  func text(_ key: String) -> String {
    if case .string(let text) = value(key) { text } else { "" }
  }

  func number(_ key: String) -> Int {
    if case .number(let number) = value(key) { Int(exactly: number) ?? 0 } else { 0 }
  }

  func isTrue(_ key: String) -> Bool {
    if case .bool(true) = value(key) { true } else { false }
  }

  func object(_ key: String) -> ControlObject? {
    guard case .object(let members) = node.value, let node = members.first(where: { $0.key == key })?.node else {
      return nil
    }
    if case .object = node.value { return ControlObject(node) }
    return nil
  }
}
