import CommandLineKit
import Testing

struct CommandParserTests {
  static let students = CommandOption<Int>.integer("students", "N", in: 1...1_000_000, "how many students")
  static let format = CommandOption<String>.choice("format", "FORMAT", among: ["jsonl", "csv"], "the form")
  static let output = CommandOption<String>.text("out", "FILE", alias: "output", "where to write")
  static let kind = CommandOption<String>.text("kind", "KIND", repeatable: true, "only this kind")
  static let json = CommandOption<Bool>.flag("json", "one JSON object")

  static let root = Command(
    "tool", "A tool",
    subcommands: [
      Command(
        "sync", "Sync integrations", positional: .init("INTEGRATION", "which", count: 0...Int.max),
        options: [students.declaration, json.declaration]),
      Command(
        "export", "Write the roster",
        options: [format.declaration, output.declaration, kind.declaration, json.declaration]),
      Command(
        "runs", "Look at runs",
        subcommands: [
          Command("list", "List runs"), Command("show", "Show a run", positional: .init("RUN", "its number")),
        ]),
    ])

  func run(_ words: String...) throws -> ParsedCommand {
    guard case .run(let parsed) = try CommandParser(Self.root).parse(words) else {
      throw UsageError("it printed help", command: "")
    }
    return parsed
  }

  func failure(_ words: String...) -> UsageError? {
    do {
      _ = try CommandParser(Self.root).parse(words)
      return nil
    } catch { return error }
  }

  func help(_ words: String...) throws -> String? {
    guard case .help(let text) = try CommandParser(Self.root).parse(words) else { return nil }
    return text
  }

  @Test func `an option's value may stand in the next word or after an equals sign`() throws {
    #expect(try run("sync", "--students", "12")[Self.students] == 12)
    #expect(try run("sync", "--students=12")[Self.students] == 12)
    #expect(try run("export", "--out=a=b")[Self.output] == "a=b")
    #expect(try run("sync")[Self.students] == nil)
  }

  @Test func `positionals and options mix, and everything after two dashes is positional`() throws {
    let parsed = try run("sync", "oak", "--json", "elm", "--", "--students", "-x")
    #expect(parsed.positionals == ["oak", "elm", "--students", "-x"])
    #expect(parsed[Self.json])
    #expect(parsed[Self.students] == nil)
    #expect(try run("runs", "show", "--", "--help").positionals == ["--help"])
  }

  @Test func `a repeatable option keeps every value, another may come once`() throws {
    #expect(try run("export", "--kind", "org", "--kind", "user").all(Self.kind) == ["org", "user"])
    #expect(failure("export", "--out", "a", "--output", "b")?.message == "--out is given twice")
    #expect(failure("sync", "--json", "--json")?.message == "--json is given twice")
  }

  @Test(arguments: [
    (["sync", "--students", "0"], "--students takes a whole number from 1 to 1000000, not \"0\""),
    (
      ["sync", "--students", "9223372036854775808"],
      "--students takes a whole number from 1 to 1000000, not \"9223372036854775808\""
    ),
    (["sync", "--students", "1e3"], "--students takes a whole number from 1 to 1000000, not \"1e3\""),
    (["sync", "--students"], "--students needs a value: --students N"),
    (["sync", "--json=yes"], "--json takes no value"),
    (["export", "--format", "xml"], "--format takes jsonl, csv, not \"xml\""),
    (["export", "--out", ""], "--out takes a value that is not empty"),
    (["export", "me"], "tool export does not know what to do with \"me\""),
    (["runs", "show"], "tool runs show needs RUN"),
    (["runs", "show", "1", "2"], "tool runs show does not know what to do with \"2\""),
    (["runs"], "tool runs needs to know what to do: list, show"),
    (["sync", "-j"], "tool sync has no option \"-j\""),
    (["-v"], "tool has no option \"-v\""),
  ])
  func `a wrong command line is refused in one sentence`(words: [String], message: String) {
    do {
      _ = try CommandParser(Self.root).parse(words)
      Issue.record("accepted \(words)")
    } catch { #expect(error.message == message) }
  }

  @Test func `a mistyped word brings the nearest known one and the command's help`() {
    #expect(failure("snyc")?.advice == "Did you mean sync? tool --help lists what can be said")
    #expect(failure("runs", "lst")?.advice == "Did you mean list? tool runs --help lists what can be said")
    #expect(failure("sync", "--studnets", "3")?.suggestion == "--students")
    #expect(failure("export", "--format", "jsnol")?.suggestion == "jsonl")
    #expect(failure("frobnicate")?.suggestion == nil)
    #expect(failure("frobnicate")?.advice == "tool --help lists what can be said")
  }

  @Test func `help is printed at each level and wins over mistakes`() throws {
    #expect(try help()?.contains("Usage: tool COMMAND") == true)
    #expect(try help("--help") == help())
    #expect(try help("help", "runs", "show") == help("runs", "show", "--help"))
    #expect(
      try help("sync", "--students", "many", "-h")?.contains("Usage: tool sync [INTEGRATION...]") == true)
    #expect(try help("export", "--help")?.contains("--kind KIND      only this kind; repeatable") == true)
    #expect(try help("runs", "show", "--help")?.contains("Usage: tool runs show RUN\n") == true)
  }
}
