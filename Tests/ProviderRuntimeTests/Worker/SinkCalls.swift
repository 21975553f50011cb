import CSISPlugin
import ProviderABI
import TestSupport

/// Calls of a sink made from random numbers, most of them near to what a provider would do and some far from
/// it. The same seed makes the same calls.
final class SinkCalls {
  private var random: SeededRandom
  private var memory: [UnsafeMutableRawBufferPointer] = []

  init(seed: UInt64) { random = SeededRandom(seed: seed) }
  deinit { for block in memory { block.deallocate() } }

  func make(on sink: UnsafePointer<sis_sink>) {
    for _ in 0..<Int.random(in: 0...12, using: &random) { makeOne(sink) }
  }

  private func one(in many: Int) -> Bool { Int.random(in: 0..<many, using: &random) == 0 }
  private func word() -> UInt32 { random.element(of: [0, 1, 2, 3, 5, 8, 9, 20, 96, 120, 9_999, .max]) }

  /// Text, at times absurd: too long, not UTF-8, or a length without an address.
  private func text(_ usual: [String] = ["7", "Oak", "school", "active", "2026-01-31", "true", "", "\u{1}é"])
    -> sis_bytes
  {
    if one(in: 60) { return sis_bytes(ptr: nil, len: 5) }
    var bytes = Array(random.element(of: usual).utf8)
    if one(in: 40) {
      bytes = [UInt8](repeating: 0x78, count: random.element(of: [64, 65, 128, 129, 255, 256, 300]))
    }
    if one(in: 300) {
      bytes = [UInt8](repeating: 0x79, count: random.element(of: [1_024, 1_025, 65_536, 65_537]))
    }
    if one(in: 40) { bytes.append(0xFF) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 1)
    block.copyBytes(from: bytes)
    memory.append(block)
    return sis_bytes(ptr: UnsafeRawPointer(block.baseAddress), len: one(in: 400) ? -1 : bytes.count)
  }

  private func fields() -> [sis_field] {
    let ids = [1, 1, 2, 3, 5, 6, 20, 21, 22, 72, 74, 79, 83, 84, 91, 94, 9_999].filter { _ in one(in: 3) }
    let sorted = one(in: 4) ? ids.shuffled(using: &random) : ids
    return sorted.map { id in
      sis_field(
        id: UInt32(id), group: one(in: 2) ? 1 : word(), name: one(in: 3) ? text() : sis_bytes(), value: text()
      )
    }
  }

  private func makeOne(_ sink: UnsafePointer<sis_sink>) {
    switch Int.random(in: 0..<14, using: &random) {
    case 0: request(sink)
    case 1:
      var reject = sis_reject()
      reject.size = size(of: sis_reject.self)
      (reject.kind, reject.field, reject.sourced_id, reject.reason) = (word(), word(), text(), text())
      _ = sink.pointee.reject(sink, &reject)
    case 2:
      var cursor = sis_cursor()
      cursor.size = size(of: sis_cursor.self)
      (cursor.purpose, cursor.version, cursor.bytes) = (one(in: 20) ? word() : 0, word(), text())
      _ = sink.pointee.cursor(sink, &cursor)
    case 3:
      var end = sis_end()
      end.size = size(of: sis_end.self)
      (end.kind, end.completeness, end.expected) = (one(in: 5) ? word() : 5, one(in: 9) ? word() : 1, .max)
      let scope = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        sis_field(id: 46, group: 0, name: sis_bytes(), value: text())
      }
      scope.withUnsafeBufferPointer {
        end.scope = one(in: 30) ? nil : $0.baseAddress
        end.scope_count = one(in: 60) ? 9 : $0.count
        _ = sink.pointee.end(sink, &end)
      }
    case 4: sink.pointee.note(sink, word(), text())
    case 5 where one(in: 5):
      var error = sis_error()
      error.size = size(of: sis_error.self)
      (error.code, error.message, error.pointer) = (-Int32(word() % 20), text(), text())
      (error.request_id, error.retry_after_ms) = (UInt64(word()), Int64(word()) - 1)
      sink.pointee.error(sink, &error)
    default:
      let fields = fields() + [sis_field()]
      fields.withUnsafeBufferPointer {
        guard let start = $0.baseAddress else { return }
        _ = sink.pointee.record(sink, one(in: 3) ? word() : 1, start, one(in: 90) ? 4_097 : $0.count - 1)
      }
    }
  }

  private func request(_ sink: UnsafePointer<sis_sink>) {
    var request = sis_request()
    request.size = size(of: sis_request.self)
    (request.id, request.flags, request.expect) = (UInt64(word()), word(), one(in: 9) ? word() : 1)
    (request.method, request.target) = (text(["GET", "POST"]), text(["/a", "/b?c=d"]))
    (request.resource, request.body) = (text(), text())
    let headers = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      sis_header(name: text(["accept", "x-page"]), value: text())
    }
    headers.withUnsafeBufferPointer {
      request.headers = one(in: 30) ? nil : $0.baseAddress
      request.header_count = one(in: 60) ? 33 : $0.count
      _ = sink.pointee.request(sink, &request)
    }
  }

  private func size<Struct>(of type: Struct.Type) -> UInt32 {
    let size = UInt32(MemoryLayout<Struct>.size)
    return one(in: 150) ? random.element(of: [0, size - 1, size + 64, .max]) : size
  }
}
