/// The numbers of `sis_response`; the headers stand behind them, and the body at the end.
package struct FeedCall: Sendable, Equatable {
  package var request: UInt64
  package var nowMilliseconds: Int64
  package var status: Int32
  package var grant: UInt32

  package init(request: UInt64, nowMilliseconds: Int64, status: Int32, grant: UInt32) {
    self.request = request
    self.nowMilliseconds = nowMilliseconds
    self.status = status
    self.grant = grant
  }

  /// The frame up to the body, which is sent behind it from where it lies.
  package func frame(call: UInt32, headers: [(name: String, value: String)], bodyLength: Int) -> [UInt8] {
    var writer = WireWriter(frame: .feed, call: call)
    writer.put(request)
    writer.put(nowMilliseconds)
    writer.put(status)
    writer.put(grant)
    writer.put(UInt32(clamping: headers.count))
    for header in headers {
      writer.put(counted: header.name.utf8)
      writer.put(counted: header.value.utf8)
    }
    return writer.finish(following: bodyLength)
  }

  /// Where the texts stand in a payload.
  package struct Texts: Sendable, Equatable {
    package var headers: [(name: Range<Int>, value: Range<Int>)]
    package var body: Range<Int>

    package static func == (one: Texts, other: Texts) -> Bool {
      one.body == other.body && one.headers.elementsEqual(other.headers, by: ==)
    }
  }

  package static func read(_ payload: RawSpan) throws(WireError) -> (FeedCall, Texts) {
    var reader = WireReader(payload, of: "feed")
    let call = FeedCall(
      request: try reader.u64(), nowMilliseconds: try reader.i64(), status: try reader.i32(),
      grant: try reader.u32())
    var texts = Texts(headers: [], body: 0..<0)
    for _ in 0..<(try reader.u32()) {
      texts.headers.append((try reader.counted(), try reader.counted()))
    }
    texts.body = reader.offset..<payload.byteCount
    return (call, texts)
  }
}
