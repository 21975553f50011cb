import CZlib
import Testing

@testable import SimulatorKit

@Suite struct HTTPServerTests {
  private static let list = "/ws/v1/district/student?pagesize=100"

  @Test func `a fault hits the N-th matching request and so many after it`() throws {
    let simulator = try RunningSimulator("--students 30 --fault 500@2x2:/student --fault 404@1:/term")
    let (client, token) = try simulator.signedIn()
    let statuses = (0..<5).map { _ in client.get(Self.list, token: token)?.status }
    #expect(statuses == [200, 500, 500, 200, 200])
    #expect(client.get("/ws/v1/school/3/term", token: token)?.status == 404)
    #expect(client.get("/ws/v1/school/3/term", token: token)?.status == 200)
  }

  @Test func `an injected 401 ends the token, and the next one is another`() throws {
    let simulator = try RunningSimulator("--students 30 --fault 401@1:/student")
    let (client, token) = try simulator.signedIn()
    #expect(client.get(Self.list, token: token)?.status == 401)
    #expect(client.get(Self.list, token: token)?.status == 401)
    let next = try #require(RunningSimulator.accessToken(simulator.token(client)?.text ?? ""))
    #expect(next != token)
    #expect(client.get(Self.list, token: next)?.status == 200)
  }

  @Test func `429 says how long to wait`() throws {
    let simulator = try RunningSimulator("--students 3 --retry-after 7 --fault 429@1:/student")
    let (client, token) = try simulator.signedIn()
    let answer = client.get(Self.list, token: token)
    #expect(answer?.status == 429)
    #expect(answer?.header("retry-after") == "7")
  }

  @Test func `bodies are halved, emptied, replaced and cut as asked`() throws {
    let faults = ["half-json", "empty200", "html", "cut-body", "wrong-content-length", "bom", "redirect"]
    for fault in faults {
      let simulator = try RunningSimulator("--students 30 --fault \(fault)@1:/student")
      let (spoiled, token) = try simulator.signedIn()
      let whole = try #require(try simulator.client().get("/ws/v1/district/school", token: token))
      #expect(whole.status == 200)
      let bad = try #require(spoiled.get(Self.list, token: token))
      let good = try #require(try simulator.client().get(Self.list, token: token)).body
      let length = bad.header("content-length").flatMap { Int($0) }
      switch fault {
      case "half-json": #expect(bad.body == Array(good.prefix(good.count / 2)) && length == bad.body.count)
      case "empty200": #expect(bad.status == 200 && bad.body.isEmpty)
      case "html": #expect(bad.status == 200 && bad.text.contains("<html>"))
      case "cut-body": #expect(length == good.count && bad.body.count == good.count / 2)
      case "wrong-content-length": #expect(length == good.count - 7)
      case "bom": #expect(bad.body == [0xEF, 0xBB, 0xBF] + good)
      default: #expect(bad.status == 302 && bad.header("location")?.contains("message.powerschool.com") == true)
      }
    }
  }

  @Test func `a reset ends the connection without an answer, and the next one is served`() throws {
    let simulator = try RunningSimulator("--students 30 --fault reset@1:/student")
    let (client, token) = try simulator.signedIn()
    #expect(client.get(Self.list, token: token) == nil)
    #expect(try simulator.client().get(Self.list, token: token)?.status == 200)
  }

  @Test func `gzip comes where it is asked for, whole or cut`() throws {
    let simulator = try RunningSimulator("--students 30 --fault cut-gzip@2:/student")
    let (client, token) = try simulator.signedIn()
    let headers = "Accept: application/json\r\nAccept-Encoding: gzip\r\n"
    let whole = try #require(client.get(Self.list, token: token, headers: headers))
    let cut = try #require(client.get(Self.list, token: token, headers: headers))
    let plain = try #require(client.get(Self.list, token: token))
    #expect(whole.header("content-encoding") == "gzip")
    #expect(inflated(whole.body).bytes == plain.body)
    #expect(inflated(whole.body).isComplete)
    #expect(cut.header("content-length") == "\(cut.body.count)")
    #expect(!inflated(cut.body).isComplete)
  }

  private func inflated(_ body: [UInt8]) -> (bytes: [UInt8], isComplete: Bool) {
    var stream = z_stream()
    var input = body
    var output = [UInt8](repeating: 0, count: 1 << 20)
    let room = output.count
    guard homeroom_inflate_init(&stream, 31) == Z_OK else { return ([], false) }
    defer { inflateEnd(&stream) }
    return input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        let status = inflate(&stream, Z_FINISH)
        return (Array(target[..<(room - Int(stream.avail_out))]), status == Z_STREAM_END)
      }
    }
  }

  @Test(arguments: [
    ("GARBAGE\r\n\r\n", 400), ("get / HTTP/1.1\r\n\r\n", 400), ("GET nothing HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/3\r\n\r\n", 505), ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400), ("POST / HTTP/1.1\r\nContent-Length: 9e9\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411), ("GET /%zz%4?%=%&=;&& HTTP/1.1\r\n\r\n", 404),
    ("GET /\u{0} HTTP/1.1\r\n\r\n", 400), ("GET // HTTP/1.1\r\n\r\n", 404),
  ])
  func `a malformed request is refused and the server lives on`(_ request: String, _ status: Int) throws {
    let simulator = try RunningSimulator("--students 3")
    let client = try simulator.client()
    client.send(request)
    #expect(client.receive()?.status == status)
    #expect(try simulator.client().get("/ws/v1/metadata")?.status == 200)
  }

  @Test func `a head without end is refused, and half a request is dropped`() throws {
    let simulator = try RunningSimulator("--students 3")
    let endless = try simulator.client()
    endless.send("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 20_000))
    #expect(endless.receive()?.status == 431)
    let half = try simulator.client()
    half.send("GET /ws/v1/meta")
    half.finishSending()
    #expect(half.isAtEnd())
    #expect(try simulator.client().get("/ws/v1/metadata")?.status == 200)
  }

  @Test func `one connection serves many requests, pipelined too`() throws {
    let simulator = try RunningSimulator("--students 3")
    let client = try simulator.client()
    client.send(String(repeating: "GET /ws/v1/metadata HTTP/1.1\r\n\r\n", count: 5))
    for _ in 0..<5 { #expect(client.receive()?.status == 200) }
    let last = client.get("/ws/v1/metadata", headers: "Connection: close\r\n")
    #expect(last?.header("connection") == "close")
    #expect(client.isAtEnd())
  }

  @Test func `the CSV service wants its token and doubles its quotes`() throws {
    let simulator = try RunningSimulator("--students 400 --token abc", sis: .csv)
    let client = try simulator.client()
    #expect(client.get("/users.csv")?.status == 401)
    let users = try #require(client.get("/any/base/users.csv", token: "abc")).text
    #expect(users.contains(",\"William \"\"Bill\"\"\","))
    #expect(users.hasPrefix("sourcedId,username,"))
    let truth = DistrictTruth.text(District(simulator.options.plan), source: .csv)
    let people = truth.split(separator: "\n").count { $0.hasPrefix("{\"kind\":\"user\"") }
    #expect(users.split(separator: "\r\n").count == people + 1)
    #expect(client.get("/nothing.csv", token: "abc")?.status == 404)
  }
}
