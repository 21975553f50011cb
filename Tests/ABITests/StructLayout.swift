import CSISPlugin

/// The size of a struct of the ABI and the offsets of its fields, as Swift sees them through the module CSISPlugin, in the
/// lines that `Tests/Fixtures/layout.c` prints.
struct StructLayout {
  let lines: [String]

  private struct Field<Struct> {
    let name: String
    let offset: Int?
    let size: Int

    init<Value>(_ name: String, _ path: KeyPath<Struct, Value>) {
      self.name = name
      offset = MemoryLayout<Struct>.offset(of: path)
      size = MemoryLayout<Value>.size
    }
  }

  private init<Struct>(_ name: String, _ fields: [Field<Struct>]) {
    lines =
      ["\(name) \(MemoryLayout<Struct>.size)"]
      + fields.map { "\(name).\($0.name) \($0.offset.map(String.init) ?? "none") \($0.size)" }
  }

  static let all: [String] = (handedOverByBoth + madeByProviders + madeByHosts).flatMap(\.lines)

  private static let handedOverByBoth = [
    StructLayout("sis_bytes", [Field<sis_bytes>("ptr", \.ptr), Field("len", \.len)]),
    StructLayout("sis_header", [Field<sis_header>("name", \.name), Field("value", \.value)]),
    StructLayout(
      "sis_field",
      [
        Field<sis_field>("id", \.id), Field("group", \.group), Field("name", \.name), Field("value", \.value),
      ]),
  ]

  private static let madeByProviders = [
    StructLayout(
      "sis_request",
      [
        Field<sis_request>("size", \.size), Field("flags", \.flags), Field("id", \.id),
        Field("method", \.method),
        Field("target", \.target), Field("resource", \.resource), Field("headers", \.headers),
        Field("header_count", \.header_count), Field("body", \.body), Field("expect", \.expect),
        Field("reserved", \.reserved),
      ]),
    StructLayout(
      "sis_cursor",
      [
        Field<sis_cursor>("size", \.size), Field("purpose", \.purpose), Field("version", \.version),
        Field("reserved", \.reserved), Field("bytes", \.bytes),
      ]),
    StructLayout(
      "sis_end",
      [
        Field<sis_end>("size", \.size), Field("kind", \.kind), Field("completeness", \.completeness),
        Field("reserved", \.reserved), Field("scope", \.scope), Field("scope_count", \.scope_count),
        Field("expected", \.expected),
      ]),
    StructLayout(
      "sis_reject",
      [
        Field<sis_reject>("size", \.size), Field("kind", \.kind), Field("sourced_id", \.sourced_id),
        Field("field", \.field), Field("reserved", \.reserved), Field("reason", \.reason),
      ]),
    StructLayout(
      "sis_error",
      [
        Field<sis_error>("size", \.size), Field("code", \.code), Field("message", \.message),
        Field("pointer", \.pointer), Field("request_id", \.request_id),
        Field("retry_after_ms", \.retry_after_ms),
      ]),
    StructLayout(
      "sis_session",
      [
        Field<sis_session>("size", \.size), Field("reserved", \.reserved), Field("ctx", \.ctx),
        Field("next", \.next), Field("feed", \.feed), Field("close", \.close),
      ]),
    StructLayout(
      "sis_provider",
      [
        Field<sis_provider>("size", \.size), Field("abi_major", \.abi_major), Field("abi_minor", \.abi_minor),
        Field("ctx", \.ctx), Field("id", \.id), Field("version", \.version), Field("manifest", \.manifest),
        Field("cursor_version", \.cursor_version), Field("cursor_oldest", \.cursor_oldest),
        Field("open", \.open), Field("extension", \.extension),
      ]),
  ]

  private static let madeByHosts = [
    StructLayout(
      "sis_sink",
      [
        Field<sis_sink>("size", \.size), Field("reserved", \.reserved), Field("ctx", \.ctx),
        Field("request", \.request), Field("record", \.record), Field("reject", \.reject),
        Field("cursor", \.cursor), Field("end", \.end), Field("note", \.note), Field("error", \.error),
      ]),
    StructLayout(
      "sis_turn", [Field<sis_turn>("size", \.size), Field("grant", \.grant), Field("now_ms", \.now_ms)]),
    StructLayout(
      "sis_response",
      [
        Field<sis_response>("size", \.size), Field("http_status", \.http_status), Field("id", \.id),
        Field("now_ms", \.now_ms), Field("headers", \.headers), Field("header_count", \.header_count),
        Field("body", \.body), Field("grant", \.grant), Field("reserved", \.reserved),
      ]),
    StructLayout(
      "sis_open",
      [
        Field<sis_open>("size", \.size), Field("mode", \.mode), Field("config", \.config),
        Field("cursor", \.cursor), Field("bookmark", \.bookmark), Field("cursor_version", \.cursor_version),
        Field("bookmark_version", \.bookmark_version), Field("max_in_flight", \.max_in_flight),
        Field("page_size", \.page_size), Field("now_ms", \.now_ms), Field("seed", \.seed),
      ]),
  ]
}
