import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import Recordings

struct RecordingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.file("recording").path }

  static let opening = SessionOpening(
    mode: .delta, config: Array(#"{"a":["x"]}"#.utf8), cursor: Cursor(version: 3, bytes: [0, 255, 7]),
    bookmark: Cursor(version: 2, bytes: Array("b".utf8)), maxInFlight: 4, pageSize: 50,
    now: HostInstant(milliseconds: 1_795_000_000_123), seed: .max)

  static let request = ProviderRequest(
    id: 9, method: "POST", target: "/q?a=1", resource: "things", headers: [HTTPHeader("x-secret", "hush")],
    body: Array("{}".utf8), expect: .json)

  private func record(
    _ redaction: Redaction? = nil, _ results: [(ProviderRequest, Result<HTTPResponse, TransportError>)]
  ) async throws {
    let recorder = try RunRecorder(folder: path, hostVersion: "1.2.3", redaction: redaction)
    var opening = Self.opening
    if redaction != nil { (opening.cursor, opening.bookmark) = (nil, nil) }
    await recorder.begin(opening, provider: "p", version: "1.0", digest: "ab")
    for (request, result) in results {
      await recorder.record(request, result, at: HostInstant(milliseconds: 1_795_000_000_500))
    }
    try await recorder.end(state: .published)
  }

  @Test func `what was recorded is read back, without what carries secrets`() async throws {
    let answer = HTTPResponse(
      status: 207,
      headers: [
        HTTPHeader("content-type", "application/json"), HTTPHeader("set-cookie", "sid=hush"),
        HTTPHeader("www-authenticate", "hush"), HTTPHeader("x-total-count", "7"), HTTPHeader("link", "<a>"),
        HTTPHeader("link", "<b>"), HTTPHeader("x-session-token-limit", "hush"), HTTPHeader("server", "x"),
      ], body: [0, 1, 255], isFramed: false)
    try await record(
      nil, [(Self.request, .success(answer)), (Self.request, .failure(TransportError(.reset, "by peer")))])
    let recording = try Recording.open(path)
    let header = recording.header
    #expect(header.hostVersion == "1.2.3" && header.provider == "p" && header.providerDigest == "ab")
    #expect(header.outcome == "published" && !header.isRedacted)
    let opening = header.opening
    #expect(opening.mode == .delta && opening.config == Self.opening.config && opening.seed == .max)
    #expect(opening.cursor == Self.opening.cursor && opening.bookmark == Self.opening.bookmark)
    #expect(opening.maxInFlight == 4 && opening.pageSize == 50 && opening.now == Self.opening.now)
    let exchange = try #require(recording.exchanges.first)
    #expect(exchange.place == "POST /q?a=1" && exchange.expect == .json && exchange.resource == "things")
    #expect(try recording.requestBody(of: exchange) == Self.request.body)
    let read = try recording.answer(to: exchange).get()
    #expect(read.status == 207 && read.body == [0, 1, 255] && !read.isFramed)
    #expect(
      read.headers == [
        HTTPHeader("content-type", "application/json"), HTTPHeader("x-total-count", "7"),
        HTTPHeader("link", "<a>, <b>"),
      ])
    #expect(throws: TransportError(.reset, "by peer")) {
      _ = try recording.answer(to: recording.exchanges[1]).get()
    }
    for file in try FileManager.default.subpathsOfDirectory(atPath: path) {
      guard let data = FileManager.default.contents(atPath: path + "/" + file) else { continue }
      #expect(data.range(of: Data("hush".utf8)) == nil, "\(file)")
    }
  }

  @Test func `a recording is its owner's alone`() async throws {
    try await record(nil, [(Self.request, .success(HTTPResponse(status: 200, body: [1])))])
    for file in try FileManager.default.subpathsOfDirectory(atPath: path) + [""] {
      let rights =
        try FileManager.default.attributesOfItem(atPath: path + "/" + file)[.posixPermissions] as? Int
      #expect(rights.map { $0 & 0o077 } == 0, "\(file)")
    }
  }

  @Test func `a folder with something in it is refused`() throws {
    try folder.write("recording/mine.txt", "mine")
    #expect {
      _ = try RunRecorder(folder: path, hostVersion: "1", redaction: nil)
    } throws: { ($0 as? HostError)?.message == "\(path): is not empty" }
  }

  @Test func `a body that cannot be redacted ends the recording with its request, and is not kept`()
    async throws
  {
    let zip = HTTPResponse(
      status: 200, headers: [HTTPHeader("content-type", "application/zip")], body: [0x50, 0x4B, 3, 4])
    await #expect {
      try await record(Redaction(key: RedactionKey()), [(Self.request, .success(zip))])
    } throws: { ($0 as? HostError)?.code == "unredactable" && "\($0)".contains("POST /q?a=1") }
    #expect(try Recording.open(path).exchanges.isEmpty)
  }

  @Test func `a cursor is not redacted but refused`() async throws {
    let recorder = try RunRecorder(folder: path, hostVersion: "1", redaction: Redaction(key: RedactionKey()))
    await recorder.begin(Self.opening, provider: "p", version: "1", digest: "")
    await #expect { try await recorder.end(state: .published) } throws: { "\($0)".contains("--full") }
    #expect(!Recording.isRecording(path))
  }

  @Test func `the key of the pseudonyms is kept only in the file that is named, and used again`() throws {
    let file = folder.file("key").path
    let first = try RedactionKey(file: file)
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    #expect(try RedactionKey(file: file).digest("x", []) == first.digest("x", []))
    #expect(RedactionKey().digest("x", []) != RedactionKey().digest("x", []))
    try folder.write("key", "no key")
    #expect { _ = try RedactionKey(file: file) } throws: { ($0 as? HostError)?.code == "redaction-key" }
  }

  struct Broken: CustomTestStringConvertible {
    var header = #"{"recording":1,"provider":{"id":"p"}}"#
    var exchanges = ""
    var words: [String]
    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(arguments: [
    Broken(header: "{", words: ["recording.json", "column 1"]),
    Broken(header: #"{"recording":2,"provider":{"id":"p"}}"#, words: ["format version 2", "reads 1"]),
    Broken(header: #"{"recording":1}"#, words: ["provider is missing"]),
    Broken(
      header: #"{"recording":1,"provider":{"id":"p"},"mode":"half"}"#, words: ["mode must be full or delta"]),
    Broken(header: #"{"recording":1,"provider":{"id":"p"},"seed":"-1"}"#, words: ["seed"]),
    Broken(
      header: #"{"recording":1,"provider":{"id":"p"},"cursor":{"version":1,"base64":"?"}}"#, words: ["base64"]
    ),
    Broken(header: #"{"recording":1,"provider":{"id":"p"},"maxInFlight":65}"#, words: ["maxInFlight"]),
    Broken(exchanges: "\n{\"status\":200}\n", words: ["exchanges.jsonl, line 2", "target is missing"]),
    Broken(exchanges: #"{"target":"/","status":99}"#, words: ["line 1", "status"]),
    Broken(exchanges: #"{"target":"/","status":200,"expect":"pdf"}"#, words: ["expect", "pdf"]),
    Broken(
      exchanges: #"{"target":"/","status":200,"body":"bodies/../../secret"}"#, words: ["body", "bodies/"]),
    Broken(exchanges: #"{"target":"/","status":200,"body":"/etc/passwd"}"#, words: ["body", "bodies/"]),
    Broken(exchanges: #"{"target":"/","failure":{"code":"tired"}}"#, words: ["tired", "reset"]),
  ])
  func `what is wrong with a recording is said with its place`(_ row: Broken) throws {
    try folder.write("recording/recording.json", row.header)
    try folder.write("recording/exchanges.jsonl", row.exchanges)
    #expect { _ = try Recording.open(path) } throws: { error in
      guard let error = error as? HostError else { return false }
      for word in row.words { #expect(error.message.contains(word), "\(error)") }
      return !error.advice.isEmpty
    }
  }

  @Test func `a folder that is no recording is named in one sentence`() {
    #expect {
      _ = try Recording.open("/nowhere")
    } throws: { error in
      guard let error = error as? HostError else { return false }
      return error.message.hasPrefix("/nowhere/recording.json cannot be read: ")
        && !error.message.hasSuffix(".") && error.advice.contains("--record")
    }
  }

  @Test func `a recording written by hand needs no more than a provider, targets and answers`() throws {
    try folder.write("recording/recording.json", #"{ "recording": 1, "provider": { "id": "p" } }"#)
    try folder.write("recording/exchanges.jsonl", #"{"target":"/a","status":200,"body":"bodies/a.json"}"#)
    try folder.write("recording/bodies/a.json", "[]")
    let recording = try Recording.open(path)
    #expect(recording.exchanges.map(\.place) == ["GET /a"])
    #expect(try recording.answer(to: recording.exchanges[0]).get().body == Array("[]".utf8))
    #expect(recording.header.opening.config == Array("{}".utf8))
  }
}
