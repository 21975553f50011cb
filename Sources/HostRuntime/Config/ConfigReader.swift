import HostModel
import JSON5
import SyncCore

/// Turns the text of `homeroom.json5` into a checked config, or into everything that is wrong with it.
package struct ConfigReader {
  let folder: String
  let problems: ConfigProblems

  /// - Parameters:
  ///   - file: as it is to be named in problems.
  ///   - folder: absolute; what relative paths in the text are relative to.
  package static func read(_ text: String, file: String, folder: String) throws(ConfigError) -> HostConfig {
    let reader = ConfigReader(folder: folder, problems: ConfigProblems(file: file))
    let root: JSON5Node
    do {
      root = try JSON5Reader.read(text)
    } catch {
      throw ConfigError(problems: [
        ConfigProblem(file: file, place: error.place, path: "", message: error.message)
      ])
    }
    let config = reader.config(root)
    guard let config, reader.problems.list.isEmpty else {
      let inOrder = reader.problems.list.sorted {
        ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column)
      }
      throw ConfigError(problems: inOrder)
    }
    return config
  }

  private func config(_ node: JSON5Node) -> HostConfig? {
    guard
      let root = ConfigObject(
        node, path: "", keys: ["database", "providers", "trust", "integrations", "reload"], problems)
    else { return nil }
    let database = root.text("database", needed: "the path of the SQLite file, such as \"roster.db\"")
    let folders = root.list("providers", needed: "a list of the folders with provider files") ?? []
    var providers: [String] = []
    for folder in folders {
      if case .string(let text) = folder.value.value, !text.isEmpty {
        providers.append(absolute(text))
      } else {
        problems.add(
          folder.place, folder.path, "must be the path of a folder, not \(ConfigObject.shown(folder.value))")
      }
    }
    var integrations: [IntegrationConfig] = []
    var places: [String: TextPlace] = [:]
    for element in root.list("integrations", needed: "a list, with one object a SIS") ?? [] {
      guard let (integration, at) = integration(element) else { continue }
      if let first = places.updateValue(at, forKey: integration.id.rawValue) {
        problems.add(
          at, element.path + ".id", "\"\(integration.id)\" is taken: line \(first.line) has it already")
      }
      integrations.append(integration)
    }
    let trust = trust(root)
    guard let database else { return nil }
    // What sqlite3_open takes for something else than a file on disk.
    if database.value == ":memory:" || database.value.hasPrefix("file:") {
      problems.add(database.place, database.path, "must be the path of a file, not \"\(database.value)\"")
    }
    return HostConfig(
      file: problems.file, folder: folder, database: absolute(database.value), providers: providers,
      trust: trust, integrations: integrations, reloadsOnChange: reloadsOnChange(root), places: Self.places(in: node))
  }

  private func reloadsOnChange(_ root: ConfigObject) -> Bool {
    guard let node = root.node("reload"),
      let reload = ConfigObject(node, path: "reload", keys: ["onChange"], problems)
    else { return false }
    return reload.flag("onChange") ?? false
  }

  /// Where every value of the document stands, by its path.
  private static func places(in root: JSON5Node) -> [String: TextPlace] {
    var places: [String: TextPlace] = [:]
    func add(_ node: JSON5Node, _ path: String) {
      places[path] = node.place
      switch node.value {
      case .object(let members):
        for member in members { add(member.node, path.isEmpty ? member.key : "\(path).\(member.key)") }
      case .array(let elements):
        for (index, element) in elements.enumerated() { add(element, "\(path)[\(index)]") }
      default: break
      }
    }
    add(root, "")
    return places
  }

  func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    return folder + "/" + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
  }
}
