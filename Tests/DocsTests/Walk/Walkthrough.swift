import Foundation
import TestSupport
import Testing

/// Does what a page tells its reader to do, block by block:
///
/// - `sh`: each command is run; it must end with status 0, or with N where the text says `# exit status N`;
/// - `json5`, `json`, `c`, `swift` with a file's name in a comment on the first line: that file is written;
/// - `text` right behind a `sh` block: what its commands print on standard output.
///
/// A server gets a free port, and so does every later word of its port in the text.
final class Walkthrough {
  /// What the reader has before him: nil for one who has no repository.
  private let checkout: Checkout?
  /// The folder where the reader begins, which pages call `/home/you`.
  private let home: String
  private let shell: ShellSession
  private var ports: [String: String] = [:]
  private var processes: [ToolProcess] = []
  private var fileServers: [StaticFileServer] = []
  private(set) var commandCount = 0

  /// A reader in the repository, which was built.
  init() throws {
    let checkout = try Checkout()
    self.checkout = checkout
    home = checkout.url.deletingLastPathComponent().path
    shell = try ShellSession(startingIn: checkout.url)
  }

  /// A reader who has the tools, as variables of the environment say, and no repository.
  init(outsideIn folder: URL, environment: [String: String]) throws {
    checkout = nil
    home = folder.path
    shell = try ShellSession(startingIn: folder, environment: environment)
  }

  deinit { for process in processes { process.send(SIGKILL) } }

  func follow(_ page: MarkdownPage) throws {
    var printed: String?
    for block in page.blocks {
      switch block.language {
      case "sh":
        let outputs = try Command.all(in: block).compactMap { try perform($0, on: page) }
        printed = outputs.isEmpty ? nil : outputs.joined()
        continue
      case "text":
        if let printed { expect(printed, toShow: block, of: page) }
      default: try write(block)
      }
      printed = nil
    }
  }

  // MARK: - Files

  private func write(_ block: MarkdownPage.Block) throws {
    guard let name = block.lines.first?.wholeMatch(of: /(?:\/\/|\/\*) ([\w.-]+\.\w+)(?: \*\/|:.*)?/)?.1 else {
      return
    }
    let file = try shell.currentFolder.appendingPathComponent(String(name))
    try Data(withPorts(block.text).utf8).write(to: file)
  }

  private func withPorts(_ text: String) -> String {
    ports.reduce(text) { $0.replacingOccurrences(of: ":\($1.key)", with: ":\($1.value)") }
  }

  // MARK: - Commands

  /// - Returns: what it printed; nil where it was not really run.
  private func perform(_ command: Command, on page: MarkdownPage) throws -> String? {
    commandCount += 1
    let place = "\(page.name):\(command.line): \(command.text)"
    var words = command.text.split(separator: " ").map(String.init)
    if words.last == "&" { words.removeLast() }
    if words.first == "sis-simulator", words.dropFirst().first != "truth", !words.contains("--help") {
      return try startSimulator(words, place)
    }
    if command.text.hasPrefix("python3 -m http.server ") { return try startFileServer(words) }
    if words.starts(with: ["homeroom", "serve"]) { return try startHost(words, place) }
    if words.first == "sqlite3" { return try query(command.text, place) }
    // Building the repository is what the tests stand on already: make is only asked what it would do.
    let isMake = try words.first == "make" && shell.currentFolder.path == checkout?.url.path
    let run =
      isMake
      ? try ToolProcess.run(
        URL(fileURLWithPath: "/usr/bin/env"), ["make", "-n"] + words.dropFirst(), in: Book.root)
      : try shell.run(withPorts(command.text))
    #expect(run.status == command.status && run.signal == nil, "\(place)\n\(run.text)\(run.errors)")
    return isMake ? nil : run.text
  }

  private func startSimulator(_ words: [String], _ place: String) throws -> String {
    var arguments = Array(words.dropFirst())
    let at = try #require(arguments.firstIndex(of: "--port"), "\(place): a page names the port")
    let port = try #require(arguments.indices.contains(at + 1) ? arguments[at + 1] : nil, "\(place)")
    arguments[at + 1] = "0"
    let simulator = try ToolProcess(
      BuiltTool.simulator, arguments + ["--exit-with-parent"], in: shell.currentFolder)
    processes.append(simulator)
    let line = try #require(simulator.nextLine(), "\(place)\n\(simulator.wait().errors)")
    let listening = try #require(
      line.wholeMatch(of: /listening on http:\/\/127\.0\.0\.1:(\d+)/), "\(place): \(line)")
    ports[port] = String(listening.1)
    return line + "\n"
  }

  /// Its first line says that it is there.
  private func startHost(_ words: [String], _ place: String) throws -> String {
    let host = try shell.background(words.joined(separator: " "))
    processes.append(host)
    let line = try #require(host.nextLine(), "\(place)\n\(host.wait().errors)")
    #expect(line.hasPrefix("serving "), "\(place): \(line)")
    return line + "\n"
  }

  private func startFileServer(_ words: [String]) throws -> String {
    let folder = try #require(words.last)
    let server = try StaticFileServer(try shell.currentFolder.appendingPathComponent(folder))
    fileServers.append(server)
    ports[words[3]] = String(server.port)
    return ""
  }

  /// `sqlite3 FILE "SQL"`.
  private func query(_ command: String, _ place: String) throws -> String {
    let parts = try #require(
      command.wholeMatch(of: /sqlite3 (\S+) "(.+)"/), "\(place): not of the form FILE \"SQL\"")
    let folder = try shell.currentFolder
    // The library looks for files where the tests run, the shell where the reader is.
    let sql = String(parts.2).replacing(/INTO '([^'\/]+)'/) { "INTO '\(folder.path)/\($0.1)'" }
    let file = try RosterFile(folder.appendingPathComponent(String(parts.1)))
    return try file.rows(sql).map { $0 + "\n" }.joined()
  }

  // MARK: - Outputs

  /// The block's lines, in order; `...` stands for any lines in between. Times, and where the folder lies,
  /// differ from run to run and are not compared.
  private func expect(_ printed: String, toShow block: MarkdownPage.Block, of page: MarkdownPage) {
    let told = printed.replacingOccurrences(of: home + "/", with: "/home/you/")
    var rest = told.split(separator: "\n").map { Self.comparable(String($0)) }[...]
    var maySkip = false
    for line in block.lines where !line.isEmpty {
      if line == "..." {
        maySkip = true
        continue
      }
      let due = Self.comparable(withPorts(line))
      if maySkip { rest = rest.drop { $0 != due } }
      #expect(
        rest.popFirst() == due,
        "\(page.name):\(block.line): the page shows\n\(line)\nand this was printed\n\(printed)")
      maySkip = false
    }
    if !maySkip { #expect(rest.isEmpty, "\(page.name):\(block.line): this was printed besides\n\(rest)") }
  }

  private static func comparable(_ line: String) -> String {
    line.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "TIME").replacing(/\d+\.\d s\b/, with: "N s")
      .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT").replacing(
        /\/\S*\/homeroom\//, with: "/homeroom/"
      )
      .replacing(/\s+/, with: " ").trimmingCharacters(in: .whitespaces)
  }
}
