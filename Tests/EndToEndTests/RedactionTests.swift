import Foundation
import TestSupport
import Testing

/// What `--redact` leaves of a district: a recording that replays as the original does, and none of its
/// people.
@Suite struct RedactionTests {
  /// A fixed key, so that chance plays no part in what a pseudonym looks like.
  private static let key = String(repeating: "5e", count: 32)

  private func recorded(_ provider: String) throws -> (host: DistrictHost, truth: [[String: Any]]) {
    let simulator =
      try provider == "csv-roster"
      ? Simulator("csv", district: ["--students", "40"])
      : Simulator(district: ["--students", "40"], options: DistrictHost.simulatorCredentials)
    let host =
      try provider == "csv-roster"
      ? DistrictHost(baseURL: simulator.url, provider: provider, auth: #"{ scheme: "none" }"#)
      : DistrictHost(baseURL: simulator.url)
    try host.folder.write("key", Self.key, mode: 0o600)
    let sync = try host.sync("--full", "--record", "recording", "--redact", "--redact-key", "key")
    #expect(sync.state == "published", "\(sync.run.errors)")
    let truth = try host.export().split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    return (host, truth)
  }

  private func counts(_ records: [[String: Any]]) -> [String: Int] {
    Dictionary(records.map { ($0["kind"] as? String ?? "", 1) }, uniquingKeysWith: +)
  }

  /// Every text of the bodies and the targets that could be a value: words with the signs that ids,
  /// addresses and phones have.
  private func words(_ folder: URL) throws -> (words: Set<Substring>, text: String) {
    var text = ""
    for name in try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("bodies").path)
    {
      text += try String(contentsOf: folder.appendingPathComponent("bodies/\(name)"), encoding: .utf8) + "\n"
    }
    let exchanges = try String(contentsOf: folder.appendingPathComponent("exchanges.jsonl"), encoding: .utf8)
    for match in exchanges.matches(of: /"target":"([^"]*)"/) { text += match.output.1 + "\n" }
    let plain = text.replacing(/\\u([0-9a-fA-F]{4})/) { match in
      UInt32(match.output.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? " "
    }
    let isWord = { (character: Character) in
      character.isLetter || character.isNumber || "@.+-_'’".contains(character)
    }
    return (Set(plain.split { !isWord($0) }), plain)
  }

  /// The values of these members, wherever they stand in the records.
  private func values(_ records: Any, of names: Set<String>) -> Set<String> {
    if let list = records as? [Any] { return list.reduce(into: []) { $0.formUnion(values($1, of: names)) } }
    guard let object = records as? [String: Any] else { return [] }
    return object.reduce(into: []) { found, member in
      if names.contains(member.key) {
        let texts = (member.value as? [String]) ?? (member.value as? String).map { [$0] } ?? []
        found.formUnion(texts)
      }
      found.formUnion(values(member.value, of: names))
    }
  }

  @Test(arguments: ["powerschool", "csv-roster"])
  func `no name, address, phone or id of the district is left, and the replay has the same records`(
    _ provider: String
  ) throws {
    let (host, truth) = try recorded(provider)
    let (words, text) = try words(host.folder.file("recording"))
    let personal: Set<String> = [
      "givenName", "middleName", "familyName", "preferredGivenName", "email", "username", "street", "city",
      "postcode",
      "number", "address", "birthDate", "name", "title",
    ]
    let ids: Set<String> = [
      "sourcedId", "value", "user", "class", "course", "org", "school", "code", "agents",
    ]
    let names = values(truth, of: personal)
    #expect(names.count > 80)
    // One letter is a code wherever it stands (docs/recordings.md).
    for value in names where value.utf8.count > 1 {
      let isThere =
        value.contains(" ") || value.contains("\"") ? text.contains(value) : words.contains(value[...])
      #expect(!isThere, "\(value) is in the recording")
    }
    // Numbers below 100 stay: a grade, a period, a school of three.
    for value in values(truth, of: ids) where value.utf8.count > 2 {
      // The provider writes S before the id of a student, T before that of a teacher.
      let number = value.drop { $0.isLetter }
      let isThere = words.contains(value[...]) || (number.utf8.count > 2 && words.contains(number))
      #expect(!isThere, "\(value) is in the recording")
    }
    let replay = try host.sync("--replay", "recording", "--database", "replay.db")
    #expect(replay.state == "published", "\(replay.run.errors)")
    let again = try host.run("export", "--database", "replay.db").text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(counts(again) == counts(truth))
    #expect(replay.total("rejected") == 0)
    // What refers to what is the same: as many users have an enrollment, as many classes have one.
    for name in ["user", "class", "school"] {
      #expect(values(again, of: [name]).count == values(truth, of: [name]).count)
    }
  }

  @Test func `with the same key the same values get the same pseudonyms, with a new one others`() throws {
    let simulator = try Simulator("csv", district: ["--students", "40"])
    let host = try DistrictHost(baseURL: simulator.url, provider: "csv-roster", auth: #"{ scheme: "none" }"#)
    for (folder, more) in [
      ("recording", ["--redact-key", "key"]), ("same", ["--redact-key", "key"]), ("other", []),
    ] {
      let run = try ToolProcess.run(
        BuiltTool.homeroom, ["sync", "--full", "--record", folder, "--redact"] + more, in: host.folder.url)
      #expect(run.status == 0, "\(run.errors)")
    }
    func users(_ folder: String) throws -> String {
      try String(contentsOf: host.folder.file("\(folder)/bodies/00005-answer.csv"), encoding: .utf8)
    }
    #expect(try users("same") == users("recording"))
    #expect(try users("other") != users("recording"))
    #expect(
      try users("other").split(separator: "\r\n").first == users("recording").split(separator: "\r\n").first)
  }
}
