import HostModel
import JSON5

/// How one version of a provider stands, as `providers list` shows it.
package struct ProviderStatus: Sendable {
  package var description: ProviderDescription
  package var state: ProviderState
  package var since: HostInstant
  /// Sessions that are open on it.
  package var sessions: Int

  package var json: JSONValue {
    var reason: HostError?
    if case .failed(let error) = state { reason = error }
    guard case .object(var members) = description.json else { return .null }
    members += [
      JSONValue.Member("state", .string(state.word)), JSONValue.Member("since", .integer(since.milliseconds)),
      JSONValue.Member("sessions", .number(sessions)),
    ]
    if let reason { members.append(JSONValue.Member("reason", reason.json)) }
    return .object(members)
  }
}
