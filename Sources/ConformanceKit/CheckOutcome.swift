import JSON5

/// How a check ended.
package enum CheckOutcome: Sendable, Equatable {
  /// With what was done, in a few words: "41 requests, twice".
  case passed(String)
  case failed(CheckFailure)
  /// With the reason.
  case notRun(String)
}

/// One check and how it ended.
package struct CheckResult: Sendable {
  package var name: String
  package var outcome: CheckOutcome
  /// What must be the same in another process: a line a call.
  package var evidence: [String] = []

  package init(_ name: String, _ outcome: CheckOutcome, evidence: [String] = []) {
    self.name = name
    self.outcome = outcome
    self.evidence = evidence
  }

  package var json: JSONValue {
    let word: String
    var detail: String?
    var failure: CheckFailure?
    switch outcome {
    case .passed(let summary): (word, detail) = ("passed", summary)
    case .notRun(let reason): (word, detail) = ("not-run", reason)
    case .failed(let why): (word, detail, failure) = ("failed", why.message, why)
    }
    return .members([
      "check": .string(name), "result": .string(word), "detail": detail.map(JSONValue.string),
      "call": failure.flatMap { $0.call.isEmpty ? nil : .string($0.call) },
      "recording": failure.flatMap { $0.recording.isEmpty ? nil : .string($0.recording) },
      // As text: JSON readers round numbers of 64 bits.
      "seed": failure?.seed.map { .string(String($0)) },
      "evidence": evidence.isEmpty ? nil : .array(evidence.map(JSONValue.string)),
    ])
  }

  /// Reads what `json` wrote; nil for anything else.
  init?(_ node: JSON5Node) {
    guard case .object(let members) = node.value else { return nil }
    func text(_ key: String) -> String? {
      guard case .string(let text)? = members.first(where: { $0.key == key })?.node.value else { return nil }
      return text
    }
    guard let name = text("check"), let word = text("result") else { return nil }
    self.name = name
    let detail = text("detail") ?? ""
    switch word {
    case "passed": outcome = .passed(detail)
    case "not-run": outcome = .notRun(detail)
    default:
      outcome = .failed(
        CheckFailure(
          detail, call: text("call") ?? "", recording: text("recording") ?? "",
          seed: text("seed").flatMap { UInt64($0) }))
    }
    if case .array(let lines)? = members.first(where: { $0.key == "evidence" })?.node.value {
      evidence = lines.compactMap { if case .string(let line) = $0.value { line } else { nil } }
    }
  }
}
