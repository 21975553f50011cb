import CommandLineKit

/// The tree of commands, and what each runs.
enum HomeroomCommands {
  static let root = Command(
    "homeroom", "A self-hosted host for student information system (SIS) integrations",
    discussion: """
      Exit status: 0 done, 1 failed, 2 wrong command line, 3 held for a person to look at, 130 and 143
      stopped by SIGINT and SIGTERM (a new sync goes on from there).
      """,
    subcommands: [
      demo, serve, sync, status, providers, integrations, runs, export, config, version,
    ])

  private static let common = [Options.config.declaration, Options.json.declaration]

  private static let demo = Command(
    "demo", "Sync a simulated district, and show what that takes",
    discussion: """
      Makes a folder with a config, a secret and a database, starts a simulated PowerSchool, syncs it through
      the provider's shared library, twice, and prints what was inserted, the time, the CPU and the memory.
      Afterwards the simulator stays up, to play with, until Ctrl-C. With --once the demo ends by itself;
      without --folder it then works in a temporary folder, which is removed unless --keep is given.
      """,
    options: [
      Options.students.declaration, Options.once.declaration, Options.keep.declaration,
      Options.folder.declaration, Options.port.declaration, Options.json.declaration,
    ])

  private static let serve = Command(
    "serve", "Run as a host: sync by schedule, and take up new providers while it runs",
    discussion: """
      Runs until SIGINT or SIGTERM. SIGHUP, homeroom providers reload and, with reload: { onChange: true }, a
      changed file make it look at the provider folders again: a new version is tried, and only then put in the
      old one's place. Syncs under way finish their page on the old version and go on with the new one.
      """,
    options: [Options.config.declaration])

  private static let sync = Command(
    "sync", "Read rosters from their SIS and publish what changed",
    discussion: """
      A stopped or killed sync goes on from its last stored page when it is started again. On a terminal the
      progress is shown on one line, in a pipe as plain lines on stderr.
      """,
    positional: .init(
      "INTEGRATION", "ids from the config; none is needed where there is only one", count: 0...Int.max),
    options: [
      Options.all.declaration, Options.full.declaration, Options.dryRun.declaration,
      Options.accept.declaration,
      Options.record.declaration, Options.redact.declaration, Options.redactKey.declaration,
      Options.replay.declaration, Options.database.declaration,
    ] + common)

  private static let status = Command(
    "status", "Say how each integration stands",
    positional: .init("INTEGRATION", "ids from the config (all)", count: 0...Int.max), options: common)

  private static let providers = Command(
    "providers", "Look at the providers at hand, or begin a new one",
    subcommands: [
      Command("list", "List the providers in the config's folders, and what was refused", options: common),
      Command(
        "reload", "Make the running host look at its provider files again",
        discussion: """
          A new version is opened as each of its integrations would, in the place where its run stands. If that
          fails the old version goes on, and the reason is shown. Naming a provider also enables one again that
          was disabled because it died too often.
          """,
        positional: .init("ID", "only this provider", count: 0...1), options: common),
      Command(
        "inspect", "Show what a provider's file says of itself",
        positional: .init("FILE", "a shared library (.so)"), options: common),
      Command(
        "check", "Load a provider's file as the host would, and say whether it may be used",
        positional: .init("FILE", "a shared library (.so)"), options: common),
      Command(
        "new", "Write the project of a new provider, to begin from",
        discussion: """
          The project builds as it is, reads the sample files that lie in it, and says in its README.md how to go
          on. It needs a C compiler, or Swift, and the plugin SDK, which is found by HOMEROOM_SDK, beside this
          executable where it was installed, or in the repository where it was built.
          """,
        positional: .init("NAME", "the provider's id: 1 to 64 of a-z, 0-9 and -"),
        options: [
          Options.language.declaration, Options.projectFolder.declaration, Options.json.declaration,
        ]),
    ] + trustCommands)

  private static let integrations = Command(
    "integrations", "Look at the configured integrations",
    subcommands: [Command("list", "List the integrations of the config", options: common)])

  private static let runs = Command(
    "runs", "Look at past runs",
    subcommands: [
      Command(
        "list", "List the last runs, newest first",
        options: [Options.integration.declaration, Options.limit.declaration] + common),
      Command(
        "show", "Show one run: its figures, kind by kind", positional: .init("RUN", "its number"),
        options: common),
    ])

  private static let export = Command(
    "export", "Write the live roster",
    options: [
      Options.format.declaration, Options.integration.declaration, Options.kinds.declaration,
      Options.output.declaration, Options.database.declaration,
    ] + common)

  private static let config = Command(
    "config", "Check or show the config",
    subcommands: [
      Command("check", "Say everything that is wrong with the config", options: common),
      Command("show", "Show the config with its defaults filled in; secrets stay hidden", options: common),
    ])

  private static let version = Command(
    "version", "Print the version", options: [Options.json.declaration])

  static func run(_ command: ParsedCommand, _ console: Console) async throws -> ExitCode {
    let path = command.path.joined(separator: " ")
    if let code = try await runTrust(path, command, console) { return code }
    switch path {
    case "demo": return try await DemoCommand(command, console).run()
    case "serve": return try await ServeCommand.run(command, console)
    case "providers reload": return try ProvidersCommand.reload(command, console)
    case "sync": return try await SyncCommand(command, console).run()
    case "status": return try StatusCommand.run(command, console)
    case "providers list": return try ProvidersCommand.list(command, console)
    case "providers inspect": return try ProvidersCommand.inspect(command, console)
    case "providers check": return try await ProvidersCommand.check(command, console)
    case "providers new": return try NewProviderCommand.run(command, console)
    case "integrations list": return try IntegrationsCommand.list(command, console)
    case "runs list": return try RunsCommand.list(command, console)
    case "runs show": return try RunsCommand.show(command, console)
    case "export": return try ExportCommand.run(command, console)
    case "config check": return try ConfigCommand.check(command, console)
    case "config show": return try ConfigCommand.show(command, console)
    default: return try VersionCommand.run(console)
    }
  }
}
