import HostPlatform
import JSON5

/// What a command of this machine asks a running host: one line of JSON.
package enum ControlRequest: Sendable, Equatable {
  /// Look at the provider files again; all, or those of one provider.
  case reload(String?)
  /// How the providers stand.
  case providers

  /// Nil for a line that is no request of this version.
  init?(_ line: String) {
    guard let node = try? JSON5Reader.read(line), case .object(let members) = node.value else { return nil }
    func text(_ key: String) -> String? {
      guard case .string(let text) = members.first(where: { $0.key == key })?.node.value else { return nil }
      return text
    }
    switch text("command") {
    case "reload": self = .reload(text("provider"))
    case "providers": self = .providers
    default: return nil
    }
  }

  var line: String {
    switch self {
    case .reload(let id):
      JSONValue.members(["command": .string("reload"), "provider": id.map(JSONValue.string)]).text
    case .providers: JSONValue.members(["command": .string("providers")]).text
    }
  }

  /// Asks the host that serves this config; nil where none runs.
  package func ask(_ config: HostConfig) throws(PlatformError) -> String? {
    try ControlSocket.ask(config.controlSocket, line)
  }
}
