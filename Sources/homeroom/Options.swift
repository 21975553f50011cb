import CommandLineKit
import HostModel

/// Every option that a command takes, once.
enum Options {
  static let json = CommandOption<Bool>.flag("json", "print JSON with stable keys, for scripts")
  static let config = CommandOption<String>.text(
    "config", "FILE", "the config (HOMEROOM_CONFIG, ./homeroom.json5, /etc/homeroom/homeroom.json5)")

  static let all = CommandOption<Bool>.flag("all", "every integration that is enabled")
  static let full = CommandOption<Bool>.flag(
    "full", "begin anew and read everything, also where a run could be taken up")
  static let dryRun = CommandOption<Bool>.flag("dry-run", "read and compare; change nothing")
  static let accept = CommandOption<Bool>.flag(
    "accept", "apply however much changes: you have looked at what was held")
  static let record = CommandOption<String>.text(
    "record", "FOLDER", "keep every exchange of the run, without secrets, in a new folder")
  static let redact = CommandOption<Bool>.flag(
    "redact", "with --record: pseudonyms in the place of personal data")
  static let redactKey = CommandOption<String>.text(
    "redact-key", "FILE", "with --redact: the key of the pseudonyms, made if it is not there (kept nowhere)")
  static let replay = CommandOption<String>.text(
    "replay", "FOLDER", "run a recording again, without a network, and leave the roster alone")
  static let database = CommandOption<String>.text(
    "database", "FILE", "a database in the place of the config's; with --replay: keep the replay's")

  static let integration = CommandOption<String>.text("integration", "ID", "only this integration")
  static let limit = CommandOption<Int>.integer("limit", "N", in: 1...10_000, "at most so many (20)")
  static let format = CommandOption<String>.choice(
    "format", "FORMAT", among: ["jsonl"], "jsonl: one object a line, sorted, byte-stable (jsonl)")
  static let kinds = CommandOption<String>.text("kind", "KIND", repeatable: true, "only this kind of record")
  static let output = CommandOption<String>.text(
    "output", "FILE", alias: "out", "write to a file, which is there whole or not at all (stdout)")

  static let students = CommandOption<Int>.integer(
    "students", "N", in: 1...2_000_000, "students of the simulated district (10000)")
  static let port = CommandOption<Int>.integer(
    "port", "P", in: 0...65_535, "port of the simulator on 127.0.0.1; 0: any free one (0)")
  static let folder = CommandOption<String>.text(
    "folder", "FOLDER", "where config, secret and database go (./homeroom-demo)")
  static let language = CommandOption<String>.choice(
    "language", "LANGUAGE", among: ["c", "swift"], "of the project: c or swift")
  static let projectFolder = CommandOption<String>.text(
    "folder", "FOLDER", "where the project goes; there must be nothing yet (./NAME)")

  static let once = CommandOption<Bool>.flag("once", "end after the second sync; the simulator ends too")
  static let keep = CommandOption<Bool>.flag("keep", "with --once: leave the temporary folder")
}
