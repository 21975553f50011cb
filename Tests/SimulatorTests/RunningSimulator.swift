import SimulatorKit
import Testing

/// A real server on a free port of 127.0.0.1, made from a command line.
final class RunningSimulator {
  let server: HTTPServer
  let simulation: Simulation
  let options: SimulatorOptions

  init(_ line: String, sis: SimulatorCommand.SIS = .powerschool) throws {
    options = try SimulatorOptions(line.split(separator: " ").map(String.init)[...])
    simulation = Simulation(sis, options)
    server = HTTPServer(options.server, service: simulation.service) { [simulation] in simulation.control($0, $1) }
    try server.start()
  }

  deinit { server.stop() }

  func client() throws -> SocketClient { try #require(SocketClient(port: server.port)) }

  /// A client and a token that it got.
  func signedIn() throws -> (SocketClient, String) {
    let client = try client()
    let answer = try #require(token(client))
    try #require(answer.status == 200)
    return (client, try #require(Self.accessToken(answer.text)))
  }

  static let basic = "NWQyYzFhMWUtN2Y1Ny00YmQ4LTliMGYtM2Q1ZjBlNmExYzAxOmI3YTRjNWEwLTJhNzAtNGY1Ni04ZTdkLWMyYjFmNGQ5MGUwMg=="
  static let form = "Content-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n"

  func token(_ client: SocketClient, basic: String = basic, body: String = "grant_type=client_credentials")
    -> SocketClient.Answer?
  {
    client.post("/oauth/access_token", headers: "Authorization: Basic \(basic)\r\n\(Self.form)", body: body)
  }

  static func accessToken(_ json: String) -> String? {
    let parts = json.split(separator: "\"")
    guard let at = parts.firstIndex(of: "access_token"), at + 2 < parts.count else { return nil }
    return String(parts[at + 2])
  }
}
