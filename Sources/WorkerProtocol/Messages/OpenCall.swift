/// The numbers of `sis_open`; its three texts stand behind them.
package struct OpenCall: Sendable, Equatable {
  package var mode: UInt32
  package var cursorVersion: UInt32
  package var bookmarkVersion: UInt32
  package var maxInFlight: UInt32
  package var pageSize: UInt32
  package var nowMilliseconds: Int64
  package var seed: UInt64

  package init(
    mode: UInt32, cursorVersion: UInt32, bookmarkVersion: UInt32, maxInFlight: UInt32, pageSize: UInt32,
    nowMilliseconds: Int64, seed: UInt64
  ) {
    self.mode = mode
    self.cursorVersion = cursorVersion
    self.bookmarkVersion = bookmarkVersion
    self.maxInFlight = maxInFlight
    self.pageSize = pageSize
    self.nowMilliseconds = nowMilliseconds
    self.seed = seed
  }

  package func frame(call: UInt32, config: [UInt8], cursor: [UInt8], bookmark: [UInt8]) -> [UInt8] {
    var writer = WireWriter(frame: .open, call: call)
    for number in [mode, cursorVersion, bookmarkVersion, maxInFlight, pageSize] { writer.put(number) }
    writer.put(nowMilliseconds)
    writer.put(seed)
    for text in [config, cursor, bookmark] { writer.put(counted: text) }
    return writer.finish()
  }

  /// Where the three texts stand in a payload.
  package struct Texts: Sendable, Equatable {
    package var config, cursor, bookmark: Range<Int>
  }

  package static func read(_ payload: RawSpan) throws(WireError) -> (OpenCall, Texts) {
    var reader = WireReader(payload, of: "open")
    let call = OpenCall(
      mode: try reader.u32(), cursorVersion: try reader.u32(), bookmarkVersion: try reader.u32(),
      maxInFlight: try reader.u32(), pageSize: try reader.u32(), nowMilliseconds: try reader.i64(),
      seed: try reader.u64())
    let texts = Texts(
      config: try reader.counted(), cursor: try reader.counted(), bookmark: try reader.counted())
    try reader.finish()
    return (call, texts)
  }
}
