import SISKit

/// One document as the reader of SISKit has it, in the words of `json_pull_trace.c`: `!` for a refusal.
enum JSONTrace {
  static func of(_ bytes: [UInt8]) -> String {
    var reader = JSONReader(bytes.span.bytes)
    var trace = ""
    do throws(JSONError) {
      try append(&reader, to: &trace)
      try reader.finish()
    } catch { return "!" }
    return trace
  }

  private static func append(_ reader: inout JSONReader, to trace: inout String) throws(JSONError) {
    switch try reader.peek() {
    case .object:
      trace += "{ "
      try reader.eachMember { (key, reader) throws(JSONError) in
        trace += "k" + hex(key, reader) + " "
        try append(&reader, to: &trace)
      }
      trace += "} "
    case .array:
      trace += "[ "
      try reader.enterArray()
      var isFirst = true
      while try reader.nextElement(isFirst: isFirst) {
        isFirst = false
        try append(&reader, to: &trace)
      }
      trace += "] "
    case .string: trace += "s" + hex(try reader.string(), reader) + " "
    case .number:
      let text = try reader.number()
      trace += "n\(reader.text(text)) "
      if let value = reader.integer(of: text) { trace += "i\(value) " }
    case .boolean: trace += try reader.boolean() ? "t " : "f "
    case .null:
      _ = try reader.takeNull()
      trace += "z "
    }
  }

  private static func hex(_ text: JSONText, _ reader: borrowing JSONReader) -> String {
    var bytes: [UInt8] = []
    reader.append(text, to: &bytes)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
