import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime
import JSON5

/// `providers new`: a project to begin from.
enum NewProviderCommand {
  static func run(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let id = command.positionals.first ?? ""
    guard let language = command[Options.language].flatMap(ProviderProject.Language.init) else {
      throw UsageError(
        "homeroom providers new needs to know the --language", command: "homeroom providers new")
    }
    let here = Session.currentFolder
    let sdk = try PluginSDK.find(environment: Environment.all, currentFolder: here)
    let project = try ProviderProject(id: id, language: language, sdk: sdk)
    let name = command[Options.projectFolder] ?? id
    let files = try project.write(to: name.hasPrefix("/") ? name : here + "/" + name)
    let words = files.count == 1 ? "1 file" : "\(files.count) files"
    try console.line("Wrote \(id), a provider in \(language.name), to \(name) (\(words)).")
    try console.line("Next: cd \(name), and README.md there.")
    try console.object(
      .members([
        "provider": .string(id), "language": .string(language.rawValue), "folder": .string(name),
        "files": .array(files.map { .string($0) }), "sdk": .string(sdk.folder),
      ]))
    return .ok
  }
}
