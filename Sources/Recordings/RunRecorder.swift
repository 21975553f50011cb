import Foundation
import HostModel
import JSON5
import SyncCore

/// Writes the exchanges of one run into a folder while the run goes on.
///
/// It sees what the provider asked for and what came, never what the host added: no token, no secret, no
/// origin. A failure to write ends the recording, not the run.
package actor RunRecorder {
  private let folder: String
  private let hostVersion: String
  private let exchanges: FileHandle
  private var redaction: Redaction?
  private var header: RecordingHeader?
  package private(set) var count = 0
  /// Why the recording is not whole.
  private var failure: HostError?

  /// Makes the folder, for its owner alone.
  ///
  /// - Parameter redaction: puts pseudonyms in the place of personal data; nil keeps everything.
  /// - Throws: `recording-folder`.
  package init(folder: String, hostVersion: String, redaction: Redaction?) throws(HostError) {
    func refuse(_ what: String) -> HostError {
      HostError(
        .configuration, "recording-folder", "\(folder): \(what)",
        advice: "Name a folder that is to be made, or an empty one")
    }
    let manager = FileManager.default
    if let found = try? manager.contentsOfDirectory(atPath: folder), !found.isEmpty {
      throw refuse("is not empty")
    }
    do {
      try manager.createDirectory(
        atPath: folder + "/" + RecordingLayout.bodies, withIntermediateDirectories: true)
      for made in [folder, folder + "/" + RecordingLayout.bodies] {
        try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: made)
      }
    } catch { throw refuse("cannot be made: \(RecordingLayout.clause(error))") }
    let path = folder + "/" + RecordingLayout.exchanges
    guard manager.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw refuse("\(RecordingLayout.exchanges) cannot be made") }
    self.folder = folder
    self.hostVersion = hostVersion
    self.redaction = redaction
    exchanges = handle
  }

  /// Says how the session was opened.
  package func begin(_ opening: SessionOpening, provider: String, version: String, digest: String) {
    var opening = opening
    if redaction != nil {
      opening.config = redaction?.options(opening.config) ?? []
      opening.now = redaction?.moved(opening.now) ?? opening.now
    }
    // Nobody can tell what stands in a provider's cursor.
    if redaction != nil, opening.cursor != nil || opening.bookmark != nil {
      failure = HostError(
        .configuration, "unredactable", "The run goes on from a cursor, which may hold personal data",
        advice: "Record with --full, so that the run begins anew")
    }
    header = RecordingHeader(
      hostVersion: hostVersion, provider: provider, providerVersion: version, providerDigest: digest,
      opening: opening, isRedacted: redaction != nil)
    keep { () throws in try writeHeader() }
  }

  /// Keeps an exchange that ended now.
  package func record(
    _ request: ProviderRequest, _ result: Result<HTTPResponse, TransportError>, at now: HostInstant
  ) {
    // Ended by the host itself: no word of the source.
    if case .failure(let error) = result, error.code == .cancelled { return }
    keep { () throws in
      count += 1
      let moment = redaction?.moved(now) ?? now
      // First the request, by what earlier answers held.
      let sent = try redaction?.request(request) ?? request
      let exchange = RecordedExchange(
        number: count, at: moment, method: sent.method, target: sent.target, resource: sent.resource,
        expect: sent.expect, requestBody: try write(sent.body, "request", type: ""),
        answer: try answer(result, to: request))
      try exchanges.write(contentsOf: Data((exchange.json.text + "\n").utf8))
    }
  }

  /// Closes the recording of a run that ended in this state.
  ///
  /// - Throws: why it is not whole.
  package func end(state: RunState) throws(HostError) {
    header?.outcome = state.rawValue
    keep { () throws in
      try writeHeader()
      try exchanges.close()
    }
    if let failure { throw failure }
  }

  /// Removes what was made for a run that never began.
  package func abandon() {
    guard header == nil else { return }
    try? exchanges.close()
    for name in [RecordingLayout.exchanges, RecordingLayout.bodies] {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    // Only if nothing else is in it.
    rmdir(folder)
  }

  private func answer(
    _ result: Result<HTTPResponse, TransportError>, to request: ProviderRequest
  ) throws -> RecordedExchange.Answer {
    switch result {
    case .failure(let error):
      return .failure(redaction == nil ? error : TransportError(error.code, error.code.rawValue))
    case .success(var response):
      response.headers = Self.kept(response.headers)
      response = try redaction?.response(response, to: request) ?? response
      let file = try write(response.body, "answer", type: response.header("content-type") ?? "")
      return .response(
        status: response.status, headers: response.headers, body: file, isFramed: response.isFramed)
    }
  }

  /// One line a name: repeated ones are a list (RFC 9110 section 5.3).
  private static func kept(_ headers: [HTTPHeader]) -> [HTTPHeader] {
    var kept: [HTTPHeader] = []
    for header in headers where RecordingLayout.keeps(header: header.name) {
      if let index = kept.firstIndex(where: { $0.name == header.name }) {
        kept[index].value += ", " + header.value
      } else {
        kept.append(header)
      }
    }
    return kept
  }

  private func write(_ body: [UInt8], _ what: String, type: String) throws -> String? {
    guard !body.isEmpty else { return nil }
    let digits = String(count)
    let number = String(repeating: "0", count: max(5 - digits.count, 0)) + digits
    let ending = ["json", "csv", "xml", "html"].first { type.lowercased().contains($0) } ?? "body"
    let name = "\(RecordingLayout.bodies)/\(number)-\(what).\(ending)"
    try put(Data(body), in: name)
    return name
  }

  private func writeHeader() throws {
    guard let header else { return }
    try put(Data((header.json.text + "\n").utf8), in: RecordingLayout.header)
  }

  private func put(_ data: Data, in name: String) throws {
    let path = folder + "/" + name
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  private func keep(_ body: () throws -> Void) {
    guard failure == nil else { return }
    do { try body() } catch let error as HostError {
      failure = error
    } catch {
      failure = HostError(
        .storage, "recording-write",
        "The recording \(folder) could not be written: \(RecordingLayout.clause(error))",
        advice: "Check the disk's space and the rights to the folder")
    }
  }
}
