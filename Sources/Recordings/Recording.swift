import Foundation
import HostModel
import SyncCore

/// A recorded run, read from its folder. Its bodies stay there until they are asked for.
package struct Recording: Sendable {
  package let folder: String
  package let header: RecordingHeader
  package let exchanges: [RecordedExchange]

  /// The last part of the folder's path, for messages.
  package var name: String { URL(fileURLWithPath: folder).lastPathComponent }

  /// - Throws: `recording-unreadable`, `recording-broken`, `recording-version`.
  package static func open(_ folder: String) throws(HostError) -> Recording {
    let header = try RecordingHeader(
      RecordingObject(
        String(decoding: try read(folder, RecordingLayout.header), as: UTF8.self),
        place: "\(folder)/\(RecordingLayout.header)"))
    let text = String(decoding: try read(folder, RecordingLayout.exchanges), as: UTF8.self)
    var exchanges: [RecordedExchange] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      let object = try RecordingObject(
        String(line), place: "\(folder)/\(RecordingLayout.exchanges), line \(index + 1)")
      exchanges.append(
        try RecordedExchange(object, number: exchanges.count + 1, openedAt: header.opening.now))
    }
    return Recording(folder: folder, header: header, exchanges: exchanges)
  }

  /// Is there a recording in this folder?
  package static func isRecording(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + RecordingLayout.header)
  }

  /// The answer with its body.
  ///
  /// - Throws: `recording-unreadable`.
  package func answer(to exchange: RecordedExchange) throws(HostError) -> Result<HTTPResponse, TransportError>
  {
    switch exchange.answer {
    case .failure(let error): return .failure(error)
    case .response(let status, let headers, let file, let isFramed):
      let body = try file.map { file throws(HostError) in try Self.read(folder, file) } ?? []
      return .success(
        HTTPResponse(status: status, headers: headers, body: body, wireBytes: body.count, isFramed: isFramed))
    }
  }

  /// - Throws: `recording-unreadable`.
  package func requestBody(of exchange: RecordedExchange) throws(HostError) -> [UInt8] {
    guard let file = exchange.requestBody else { return [] }
    return try Self.read(folder, file)
  }

  private static func read(_ folder: String, _ file: String) throws(HostError) -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))
    } catch {
      throw HostError(
        .dataValidation, "recording-unreadable",
        "\(folder)/\(file) cannot be read: \(RecordingLayout.clause(error))",
        advice: "Give the folder of a recording: homeroom sync INTEGRATION --record FOLDER makes one")
    }
  }
}
