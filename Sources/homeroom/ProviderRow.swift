import HostModel
import HostRuntime
import JSON5
import ProviderRuntime

/// One line of `providers list`: from the files, or from the host that has them in use.
struct ProviderRow {
  let id: String
  let version: String
  let name: String
  let file: String
  let state: String
  /// What became of its signature, in a word.
  let signature: String
  /// What a person should know of it although it is used.
  let warning: HostError?
  let sessions: Int
  /// Why it failed.
  let reason: HostError?
  let json: JSONValue

  /// A file that was checked and is in nobody's use.
  init(_ provider: ProviderDescription) {
    (id, version, name) = (provider.id.rawValue, provider.version, provider.name)
    (file, state, sessions, reason) = (provider.file, ProviderState.verified.word, 0, nil)
    let verdict = provider.verdict
    signature = verdict.state.rawValue
    warning =
      verdict.isWarning
      ? HostError(.provider, "provider-\(signature)", "\(file): \(verdict.found)", advice: verdict.advice)
      : nil
    json = .object(
      provider.jsonMembers + [
        JSONValue.Member("state", .string(state)), JSONValue.Member("sessions", .number(0)),
      ])
  }

  init(_ answer: ControlObject) {
    (id, version, name) = (answer.text("id"), answer.text("version"), answer.text("name"))
    (file, state, sessions) = (answer.text("file"), answer.text("state"), answer.number("sessions"))
    reason = answer.object("reason")?.error
    let verdict = answer.object("signature")
    signature = verdict?.text("state") ?? ""
    warning =
      verdict?.isTrue("isWarning") == true
      ? HostError(
        .provider, "provider-\(signature)", "\(file): \(verdict?.text("message") ?? "")",
        advice: verdict?.text("advice") ?? "") : nil
    json = answer.json
  }
}

/// A file that is not used, from the same two sources.
struct RefusedRow {
  let error: HostError
  let json: JSONValue

  init(_ file: RefusedProvider) { (error, json) = (file.error, file.json) }
  init(_ answer: ControlObject) { (error, json) = (answer.error, answer.json) }
}
