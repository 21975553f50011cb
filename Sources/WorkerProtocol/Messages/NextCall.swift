/// `sis_turn`.
package struct NextCall: Sendable, Equatable {
  package var grant: UInt32
  package var nowMilliseconds: Int64

  package init(grant: UInt32, nowMilliseconds: Int64) {
    self.grant = grant
    self.nowMilliseconds = nowMilliseconds
  }

  package func frame(call: UInt32) -> [UInt8] {
    var writer = WireWriter(frame: .next, call: call)
    writer.put(grant)
    writer.put(nowMilliseconds)
    return writer.finish()
  }

  package init(_ payload: RawSpan) throws(WireError) {
    var reader = WireReader(payload, of: "next")
    grant = try reader.u32()
    nowMilliseconds = try reader.i64()
    try reader.finish()
  }
}
