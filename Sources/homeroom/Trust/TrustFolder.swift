import Glibc
import HostModel
import HostPlatform
import HostRuntime
import ProviderRuntime

/// The trust folder of a config, for the commands that change it.
struct TrustFolder {
  let path: String
  let config: HostConfig
  let now: HostInstant

  init(_ config: HostConfig) {
    path = config.trust?.folder ?? config.folder + "/" + ConfigReader.usualTrustFolder
    self.config = config
    now = SystemClock().now
  }

  /// Makes the folder where it lacks.
  func make() throws {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw PlatformError("make the folder \(path)") }
  }

  func store() throws -> TrustStore { try TrustStore(folder: path, now: now) }

  func write(_ key: TrustedKey) throws {
    try KeyFiles.write(key.text, to: file(key.key.id), mode: 0o644)
  }

  func write(_ list: RevocationList) throws {
    try KeyFiles.write(list.text, to: path + "/" + TrustStore.listName, mode: 0o644)
  }

  func remove(_ id: KeyID) throws {
    guard unlink(file(id)) == 0 else {
      guard errno == ENOENT else { throw PlatformError("remove \(file(id))") }
      throw HostError(
        .configuration, "key-unknown", "The key \(id) is not trusted here: \(file(id)) is not there",
        advice: "homeroom providers trust list shows the keys that are")
    }
  }

  private func file(_ id: KeyID) -> String { path + "/" + TrustStore.fileName(id) }

  /// What to say where the folder is not used yet.
  func advise(_ console: Console) {
    guard config.trust == nil else { return }
    console.say(
      "Trust is not configured in \(config.file): so far nothing depends on these keys.",
      next:
        "Add trust: { keys: \"\(ConfigReader.usualTrustFolder)\" } to it; then only signed providers are loaded"
    )
  }
}
