import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import Recordings

struct AnswerBookTests {
  let folder: TemporaryFolder
  let book: AnswerBook

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("recording.json", #"{"recording":1,"provider":{"id":"p"}}"#)
    try folder.write("bodies/q", "query")
    try folder.write(
      "exchanges.jsonl",
      """
      {"target":"/ws/v1/metadata","status":200}
      {"target":"/ws/v1/school/3/term?page=1","status":500}
      {"target":"/ws/v1/school/3/term?page=1","status":200}
      {"method":"POST","target":"/ws/query","requestBody":"bodies/q","status":201}
      """)
    let recording = try Recording.open(folder.url.path)
    book = try AnswerBook(recording, recording.exchanges)
  }

  private func get(_ target: String, method: String = "GET", body: String = "") -> ProviderRequest {
    ProviderRequest(id: 1, method: method, target: target, resource: "", body: Array(body.utf8))
  }

  @Test func `a request that was made several times gets its answers in turn, and the last one from then on`()
  {
    var book = book
    let numbers = (0..<4).map { _ in book.next(get("/ws/v1/school/3/term?page=1"))?.number }
    #expect(numbers == [2, 3, 3, 3])
  }

  @Test func `method and body are part of a request`() {
    var book = book
    #expect(book.next(get("/ws/query")) == nil)
    #expect(book.next(get("/ws/query", method: "POST")) == nil)
    #expect(book.next(get("/ws/query", method: "POST", body: "query"))?.number == 4)
  }

  @Test(arguments: [
    ("/ws/v1/school/3/term?page=2", "GET /ws/v1/school/3/term?page=1"),
    ("/ws/v1/metadatas", "GET /ws/v1/metadata"),
    ("/ws/query", "POST /ws/query with another body"),
  ])
  func `the nearest request is the one that shares most of the target`(target: String, nearest: String) {
    #expect(book.nearest(to: get(target)) == nearest)
  }
}
