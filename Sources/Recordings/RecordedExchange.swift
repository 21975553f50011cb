import HostModel
import JSON5

/// One exchange of a recorded run: a line of `exchanges.jsonl`. The request is the provider's, without origin
/// and credential; the bodies stand in files of their own.
package struct RecordedExchange: Sendable {
  package enum Answer: Sendable {
    /// `body` names a file of the recording; nil: it was empty.
    case response(status: Int, headers: [HTTPHeader], body: String?, isFramed: Bool)
    case failure(TransportError)
  }

  /// From 1, in the order in which the answers came.
  package var number: Int
  /// When the answer came.
  package var at: HostInstant
  package var method: String
  package var target: String
  package var resource: String
  package var expect: BodyExpectation
  /// Names a file of the recording; nil: the request had none.
  package var requestBody: String?
  package var answer: Answer

  /// What to call it in messages: "GET /ws/v1/metadata".
  package var place: String { "\(method) \(target)" }

  private static let expectations: [(word: String, value: BodyExpectation)] = [
    ("any", .any), ("json", .json), ("xml", .xml), ("csv", .csv), ("zip", .zip),
  ]

  var json: JSONValue {
    var members: KeyValuePairs<String, JSONValue?> {
      switch answer {
      case .response(let status, let headers, let body, let isFramed):
        [
          "status": .number(status),
          "headers": .object(headers.map { JSONValue.Member($0.name, .string($0.value)) }),
          "body": body.map(JSONValue.string), "framed": isFramed ? nil : .bool(false),
        ]
      case .failure(let error):
        ["failure": .members(["code": .string(error.code.rawValue), "context": .string(error.context)])]
      }
    }
    guard
      case .object(let request) = JSONValue.members([
        "number": .number(number), "at": .integer(at.milliseconds), "method": .string(method),
        "target": .string(target), "resource": .string(resource),
        "expect": Self.expectations.first { $0.value == expect }.map { .string($0.word) },
        "requestBody": requestBody.map(JSONValue.string),
      ]), case .object(let answer) = JSONValue.members(members)
    else { return .null }
    return .object(request + answer)
  }

  package init(
    number: Int, at: HostInstant, method: String, target: String, resource: String, expect: BodyExpectation,
    requestBody: String?, answer: Answer
  ) {
    self.number = number
    self.at = at
    self.method = method
    self.target = target
    self.resource = resource
    self.expect = expect
    self.requestBody = requestBody
    self.answer = answer
  }

  /// - Throws: `recording-broken`.
  init(_ object: RecordingObject, number: Int, openedAt: HostInstant) throws(HostError) {
    self.number = number
    at = HostInstant(
      milliseconds: try object.integer("at", in: 0...253_402_300_799_999, default: openedAt.milliseconds))
    method = try object.text("method", default: "GET")
    target = try object.text("target")
    resource = try object.text("resource", default: "")
    let word = try object.text("expect", default: "any")
    guard let expect = Self.expectations.first(where: { $0.word == word })?.value else {
      throw RecordingLayout.broken(object.place, "expect must be any, json, xml, csv or zip, not \"\(word)\"")
    }
    self.expect = expect
    requestBody = try Self.file(object, "requestBody")
    if let failure = try object.object("failure") {
      let word = try failure.text("code")
      guard let code = TransportError.Code(rawValue: word) else {
        let known = TransportError.Code.allCases.map(\.rawValue).joined(separator: ", ")
        throw RecordingLayout.broken(failure.place, "code must be one of \(known), not \"\(word)\"")
      }
      answer = .failure(TransportError(code, try failure.text("context", default: "")))
    } else {
      answer = .response(
        status: Int(try object.integer("status", in: 100...599)),
        headers: try object.texts("headers").map { HTTPHeader($0.key.lowercased(), $0.value) },
        body: try Self.file(object, "body"), isFramed: try object.flag("framed", default: true))
    }
  }

  private static func file(_ object: RecordingObject, _ key: String) throws(HostError) -> String? {
    let name = try object.text(key, default: "")
    guard !name.isEmpty else { return nil }
    guard RecordingLayout.isBodyFile(name) else {
      throw RecordingLayout.broken(
        object.place, "\(key) must name a file in \(RecordingLayout.bodies)/, not \"\(name)\"")
    }
    return name
  }
}
