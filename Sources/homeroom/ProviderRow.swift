import HostModel
import HostRuntime
import JSON5

/// One line of `providers list`: from the files, or from the host that has them in use.
struct ProviderRow {
  let id: String
  let version: String
  let name: String
  let file: String
  let state: String
  let sessions: Int
  /// Why it failed.
  let reason: HostError?
  let json: JSONValue

  /// A file that was checked and is in nobody's use.
  init(_ provider: ProviderDescription) {
    (id, version, name) = (provider.id.rawValue, provider.version, provider.name)
    (file, state, sessions, reason) = (provider.file, ProviderState.verified.word, 0, nil)
    guard case .object(let members) = provider.json else {
      json = .null
      return
    }
    json = .object(members + [JSONValue.Member("state", .string(state)), JSONValue.Member("sessions", .number(0))])
  }

  init(_ answer: ControlObject) {
    (id, version, name) = (answer.text("id"), answer.text("version"), answer.text("name"))
    (file, state, sessions) = (answer.text("file"), answer.text("state"), answer.number("sessions"))
    reason = answer.object("reason")?.error
    json = answer.json
  }
}
