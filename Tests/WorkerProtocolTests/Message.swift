import WorkerProtocol

/// One message of each kind, with what it is written as and how it is read.
struct Message: Sendable {
  var name: String
  /// Without its header.
  var payload: [UInt8]
  /// Reads a payload, and writes what was read again.
  var rewritten: @Sendable ([UInt8]) throws(WireError) -> [UInt8]

  private static func body(_ frame: [UInt8]) -> [UInt8] { Array(frame[FrameHeader.byteCount...]) }

  static let hello = Message(
    name: "hello", payload: body(WorkerHello(addressSpaceBytes: 512 << 20, cpuSeconds: 3_600).frame)
  ) { (bytes) throws(WireError) in body(try WorkerHello(RawSpan(bytes)).frame) }

  static let table: TableFacts = {
    var table = TableFacts(size: 72)
    (table.abiMajor, table.abiMinor, table.cursorVersion, table.cursorOldest) = (1, 2, 7, 3)
    (table.id, table.version) = (Array("powerschool".utf8), Array("1.0.0".utf8))
    table.manifest = Array("{}".utf8)
    return table
  }()

  static func ready(_ name: String, _ loading: WorkerReady.Loading) -> Message {
    var sandbox = SandboxReport()
    sandbox[.landlock] = 7
    sandbox[.callingFilter] = -22
    return Message(name: name, payload: body(WorkerReady(sandbox: sandbox, provider: loading).frame)) {
      (bytes) throws(WireError) in body(try WorkerReady(RawSpan(bytes)).frame)
    }
  }

  static let open = Message(
    name: "open",
    payload: body(
      OpenCall(
        mode: 1, cursorVersion: 2, bookmarkVersion: 3, maxInFlight: 4, pageSize: 5, nowMilliseconds: -6,
        seed: .max
      ).frame(call: 1, config: Array("{}".utf8), cursor: [], bookmark: [0, 1]))
  ) { (bytes) throws(WireError) in
    let (call, texts) = try OpenCall.read(RawSpan(bytes))
    return body(
      call.frame(
        call: 1, config: Array(bytes[texts.config]), cursor: Array(bytes[texts.cursor]),
        bookmark: Array(bytes[texts.bookmark])))
  }

  static let next = Message(
    name: "next", payload: body(NextCall(grant: 3, nowMilliseconds: .min).frame(call: 1))
  ) { (bytes) throws(WireError) in body(try NextCall(RawSpan(bytes)).frame(call: 1)) }

  static let feed = Message(
    name: "feed",
    payload: body(
      FeedCall(request: .max, nowMilliseconds: 9, status: -1, grant: 2).frame(
        call: 1, headers: [("etag", "\"7\""), ("x-empty", "")], bodyLength: 3)) + [7, 8, 9]
  ) { (bytes) throws(WireError) in
    let (call, texts) = try FeedCall.read(RawSpan(bytes))
    let headers = texts.headers.map {
      (String(decoding: bytes[$0.name], as: UTF8.self), String(decoding: bytes[$0.value], as: UTF8.self))
    }
    return body(call.frame(call: 1, headers: headers, bodyLength: texts.body.count)) + bytes[texts.body]
  }

  static let lastWords = Message(name: "last words", payload: [11, 0, 0, 0, 1, 0, 0, 0, 41, 0, 0, 0]) {
    (bytes) throws(WireError) in
    let words = try LastWords(RawSpan(bytes))
    var writer = WireWriter()
    writer.put(words.signal)
    writer.put(words.isOutOfMemory ? UInt32(1) : 0)
    writer.put(words.forbiddenCall)
    return writer.bytes
  }

  static let reply = Message(
    name: "reply", payload: ReplyHead(status: -7, session: SessionFacts(size: 40, hasFunctions: true)).bytes
  ) { (bytes) throws(WireError) in
    var reader = WireReader(RawSpan(bytes), of: "reply")
    return try ReplyHead(&reader).bytes + bytes[reader.offset...]
  }

  static let all = [
    hello, ready("ready", .loaded(table)), ready("a refusal", .refused(.notLoadable("libm.so.9: not found"))),
    ready("no entry", .refused(.noEntry)), ready("declined", .refused(.declined)), open, next, feed,
    lastWords, reply,
  ]
}
