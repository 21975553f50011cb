import CommandLineKit

/// The command line of the tool.
enum ProviderCheckCommand {
  static let replay = CommandOption<String>.text(
    "replay", "FOLDER", repeatable: true, "a recording to replay (homeroom sync --record FOLDER makes one)")
  static let recordings = CommandOption<String>.text(
    "recordings", "FOLDER", "every recording in FOLDER (recordings/ beside the file, if it is there)")
  static let only = CommandOption<String>.text("only", "CHECK", repeatable: true, "only this check")
  static let list = CommandOption<Bool>.flag("list", "say what there is to check, and what each check proves")
  static let strict = CommandOption<Bool>.flag("strict", "a check that cannot be run counts as failed")
  static let thorough = CommandOption<Bool>.flag(
    "thorough", "try every place where the tool otherwise tries a selection; this may take hours")
  static let seed = CommandOption<String>.text("seed", "N", "where everything drawn by lot begins (1)")
  static let iterations = CommandOption<Int>.integer(
    "iterations", "N", in: 1...100_000_000, "rounds of the fuzzer (1000)")
  static let reproduce = CommandOption<String>.text(
    "reproduce", "SEED", "play the one round of the fuzzer that failed with this seed, in this process")
  static let deadline = CommandOption<Int>.integer(
    "deadline", "SECONDS", in: 1...3_600, "how long a single call may take (10; in this process: no limit)")
  static let inProcess = CommandOption<Bool>.flag(
    "in-process", "run the checks in this process, for a debugger; the first crash ends it")
  static let trace = CommandOption<String>.text(
    "trace", "FILE", "keep the name of the call under way in FILE, to be read after a crash")
  static let json = CommandOption<Bool>.flag("json", "print one JSON object with stable keys, for scripts")

  static let root = Command(
    "sis-provider-check", "Check a provider's shared library against the contract of sis_plugin.h",
    discussion: """
      Every check runs in a process of its own, with a deadline for each call: whatever the provider does, the
      tool says in which call. Most checks replay recordings; without one they are not run, and the tool says so.
      A failure comes with its recording, its call, and the command that brings it about again.

      Exit status: 0 no check failed, 1 at least one did (with --strict: or was not run), 2 wrong command line.
      """,
    positional: .init("FILE", "a shared library (.so); none with --list", count: 0...1),
    options: [
      replay.declaration, recordings.declaration, only.declaration, list.declaration, strict.declaration,
      thorough.declaration, seed.declaration, iterations.declaration, reproduce.declaration,
      deadline.declaration, inProcess.declaration, trace.declaration, json.declaration,
    ])
}
