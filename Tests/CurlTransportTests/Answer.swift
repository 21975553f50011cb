import CZlib
import Foundation
import HostModel
import TestSupport

@testable import CurlTransport

/// Bytes of answers, as a server would write them.
enum Answer {
  static func head(_ headers: [String], status: String = "200 OK") -> [UInt8] {
    let lines = ["HTTP/1.1 \(status)"] + headers + ["", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  /// An answer with the length of its body.
  static func whole(_ body: [UInt8], _ headers: [String] = []) -> [UInt8] {
    head(headers + ["Content-Length: \(body.count)"]) + body
  }

  static func whole(_ text: String, _ headers: [String] = []) -> [UInt8] { whole(Array(text.utf8), headers) }

  /// An answer in chunks of this many bytes.
  static func chunked(_ body: [UInt8], size: Int, _ headers: [String] = [], trailer: String = "") -> [UInt8] {
    var bytes = head(headers + ["Transfer-Encoding: chunked"])
    for start in stride(from: 0, to: body.count, by: size) {
      let piece = body[start..<min(start + size, body.count)]
      bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8)
      bytes += piece
      bytes += Array("\r\n".utf8)
    }
    return bytes + Array("0\r\n\(trailer)\r\n".utf8)
  }

  /// What the tool `gzip` makes of it.
  static func gzipped(_ body: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try folder.write("body", Data(body))
    let run = try ToolProcess.run(
      URL(fileURLWithPath: "/bin/gzip"), ["--no-name", "--stdout", folder.file("body").path])
    return Array(run.output)
  }

  /// The zlib format, which HTTP calls deflate.
  static func deflated(_ body: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: Int(compressBound(uLong(body.count))))
    var count = uLong(out.count)
    compress(&out, &count, body, uLong(body.count))
    return Array(out.prefix(Int(count)))
  }

  /// Text that does not compress to nothing.
  static func words(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }
  }
}

extension HTTPRequest {
  static func get(_ url: String, _ limits: HTTPLimits = .standard) -> HTTPRequest {
    HTTPRequest(url: url, limits: limits)
  }
}

extension HTTPLimits {
  /// The standard limits with a change.
  static func with(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
    var limits = HTTPLimits.standard
    change(&limits)
    return limits
  }
}

extension CurlTransport {
  /// Why a request brought no answer; nil if it brought one.
  func failure(_ request: HTTPRequest) async -> TransportError? {
    do throws(TransportError) {
      _ = try await perform(request)
      return nil
    } catch { return error }
  }
}
