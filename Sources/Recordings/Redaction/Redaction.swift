import Foundation
import HostModel
import SyncCore

/// Takes the personal data out of one recording, exchange by exchange in the order of the answers.
package struct Redaction: Sendable {
  private var pseudonyms: Pseudonyms

  package init(key: RedactionKey) { pseudonyms = Pseudonyms(key: key) }

  /// Moved as the dates are, so that "today" stays the same day of the term.
  func moved(_ instant: HostInstant) -> HostInstant {
    instant.advanced(byMilliseconds: pseudonyms.shiftedDays * 86_400_000)
  }

  /// The options of a run; ids in them become what they become in answers.
  mutating func options(_ json: [UInt8]) -> [UInt8] { JSONRedactor.rewrite(json, .received, &pseudonyms) }

  /// - Throws: `unredactable` for a body that is neither JSON nor CSV.
  mutating func response(_ response: HTTPResponse, to request: ProviderRequest) throws(HostError)
    -> HTTPResponse
  {
    var response = response
    response.headers = response.headers.map { HTTPHeader($0.name, header($0)) }
    response.body = try body(response, request)
    return response
  }

  /// - Throws: `unredactable` for a body that is not JSON.
  mutating func request(_ request: ProviderRequest) throws(HostError) -> ProviderRequest {
    var request = request
    if !request.body.isEmpty {
      guard Self.looksLikeJSON(request.body) else { throw Self.unredactable("The body of \(request.place)") }
      request.body = JSONRedactor.rewrite(request.body, .sent, &pseudonyms)
    }
    request.target = pseudonyms.target(request.target)
    return request
  }

  private func header(_ header: HTTPHeader) -> String {
    switch header.name {
    case "location": return pseudonyms.target(header.value)
    case "link":
      // <https://...?page=2>; rel="next", <...>
      return header.value.split(separator: "<", omittingEmptySubsequences: false).map { part in
        guard let end = part.firstIndex(of: ">") else { return String(part) }
        return pseudonyms.target(String(part[..<end])) + part[end...]
      }.joined(separator: "<")
    default: return header.value
    }
  }

  private mutating func body(_ response: HTTPResponse, _ request: ProviderRequest) throws(HostError)
    -> [UInt8]
  {
    let body = response.body
    guard !body.isEmpty else { return body }
    let type = response.header("content-type")?.lowercased() ?? ""
    if Self.looksLikeJSON(body) || type.contains("json") {
      return JSONRedactor.rewrite(body, .received, &pseudonyms)
    }
    // A page for people: all that matters of it is that it is one.
    if type.hasPrefix("text/html") || Self.first(of: body) == UInt8(ascii: "<") && request.expect != .xml {
      return Array("<!doctype html><html></html>".utf8)
    }
    if (200...299).contains(response.status) {
      guard type.contains("csv") || request.expect == .csv, Self.isText(body) else {
        throw Self.unredactable("The answer to \(request.place)")
      }
      return CSVRedactor.rewrite(body, &pseudonyms)
    }
    // What a server says of a failure is for people.
    return []
  }

  private static func first(of body: [UInt8]) -> UInt8? {
    body.prefix(512).first { $0 > 0x20 && $0 < 0x7F }
  }

  private static func looksLikeJSON(_ body: [UInt8]) -> Bool {
    first(of: body).map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
  }

  private static func isText(_ body: [UInt8]) -> Bool { !body.prefix(4_096).contains(0) }

  private static func unredactable(_ what: String) -> HostError {
    HostError(
      .dataValidation, "unredactable",
      "\(what) is neither JSON nor CSV, so nothing can take the place of what is personal in it",
      advice: "Record without --redact, and send the recording only to whom may see it")
  }
}
