import Glibc
import HostModel
import HostPlatform
import JSON5

/// The folder of a demo: config, secret, database.
struct DemoFolder {
  let path: String
  /// A temporary one, made by this process, so that it may be removed by it.
  private let isOwn: Bool

  /// - Parameter temporary: where no folder is named, one that is unlike every other.
  static func make(_ name: String?, temporary: Bool) throws(HostError) -> DemoFolder {
    if name == nil, temporary {
      do { return DemoFolder(path: try PrivateFolder.make("homeroom-demo"), isOwn: true) } catch {
        throw refusal(error)
      }
    }
    let word = name ?? "homeroom-demo"
    let path = word.hasPrefix("/") ? word : Session.currentFolder + "/" + word
    let isMade = mkdir(path, 0o700) == 0
    guard isMade || errno == EEXIST else { throw refusal(PlatformError("make the folder \(path)")) }
    let database = path + "/roster.db"
    guard access(database, F_OK) != 0 else {
      throw HostError(
        .configuration, "demo-folder", "\(path) holds the database of an earlier demo",
        advice: "Remove it, or name another --folder")
    }
    return DemoFolder(path: path, isOwn: false)
  }

  /// Writes the secret (mode 0600) and the config.
  func write(url: String, providers: String) throws {
    try file("secret", DemoCommand.secret + "\n", mode: 0o600)
    try file(
      "homeroom.json5",
      """
      // Written by `homeroom demo`: the simulated district of that command.
      {
        database: "roster.db",
        providers: [\(JSON5Node.quoted(providers))],
        integrations: [
          {
            id: "\(DemoCommand.integration)",
            provider: "powerschool",
            baseURL: \(JSON5Node.quoted(url)),
            auth: { scheme: "oauth2-client-credentials", clientID: "homeroom", clientSecret: "file:secret" },
            // Far above the 60 a minute that a real PowerSchool is asked: the simulator has no other callers.
            rateLimit: { perMinute: \(DemoCommand.perMinute), burst: 100 },
          },
        ],
      }

      """, mode: 0o644)
  }

  private func file(_ name: String, _ text: String, mode: mode_t) throws {
    let file = try AtomicFile(path + "/" + name, mode: mode)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  /// Removes what a demo makes, and the folder if this process made it and nothing else is in it.
  func remove() {
    guard isOwn else { return }
    for name in ["secret", "homeroom.json5", "roster.db", "roster.db-wal", "roster.db-shm"] {
      unlink(path + "/" + name)
    }
    rmdir(path)
  }

  private static func refusal(_ error: PlatformError) -> HostError {
    HostError(
      .configuration, "demo-folder", "The demo has no folder: \(error)", advice: "Name another --folder")
  }
}
