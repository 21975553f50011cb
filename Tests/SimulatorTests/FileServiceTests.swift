import Foundation
import Testing

@testable import SimulatorKit

@Suite struct FileServiceTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "files-\(UUID().uuidString)")

  private func served(_ target: String, method: String = "GET", token: String? = nil) -> HTTPAnswer {
    let answer = HTTPAnswer()
    FileService(folder: folder.appendingPathComponent("www").path, token: token)
      .answer(HTTPRequestHead(method: method, target: target), into: answer)
    return answer
  }

  private func write(_ name: String, _ text: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func `a file is answered whole with the type of its ending, and with any query`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let long = String(repeating: "roster ", count: 40_000)
    try write("www/a b/users.json", "{\"items\":[]}")
    try write("www/long.csv", long)
    try write("www/plain", "x")
    for target in ["/a%20b/users.json", "/a%20b/users.json?page=2"] {
      let answer = served(target)
      #expect(answer.status == 200 && answer.body.text == "{\"items\":[]}")
      #expect("\(answer.contentType)" == "application/json;charset=UTF-8")
    }
    #expect(served("/long.csv").body.text == long)
    #expect("\(served("/plain").contentType)" == "application/octet-stream")
  }

  @Test(arguments: [
    "/", "/www", "/missing.json", "/../secret.json", "/%2e%2e/secret.json", "/..%2fsecret.json", "/.hidden",
    "/sub",
    "/users.json%00.txt", "/sub/../../secret.json",
  ])
  func `nothing outside of the folder is answered, nothing hidden, and no folder`(_ target: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("www/users.json", "{}")
    try write("www/.hidden", "secret")
    try write("www/sub/x", "x")
    try write("secret.json", "secret")
    let answer = served(target)
    #expect(answer.status == 404 && !answer.body.text.contains("secret"))
  }

  @Test func `it only gives, and where a token is asked for only to who has it`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("www/users.json", "{}")
    #expect(served("/users.json", method: "POST").status == 405)
    #expect(served("/users.json", token: "t").status == 401)
  }

  @Test func `a command line names the folder, and a folder has no truth`() throws {
    guard case .serve(.files, let options) = try SimulatorCommand(["files", "sample", "--port", "1"]) else {
      Issue.record("not taken for files")
      return
    }
    #expect(options.folder == "sample" && options.server.port == 1)
    for words in [
      ["files"], ["files", "--port", "1"], ["truth", "files"], ["truth"], ["truth", "nothing"],
    ] {
      #expect(throws: UsageError.self) { _ = try SimulatorCommand(words) }
    }
  }
}
