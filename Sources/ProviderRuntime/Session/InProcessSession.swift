import CSISPlugin
import Dispatch
import HostModel
import ProviderABI
import SyncCore
import WorkerProtocol

/// A session whose provider runs in this process, one call at a time, on the thread of the run that calls (`RunExecutor`): a
/// slow call holds up its own run, and nothing is handed from thread to thread.
package actor InProcessSession: ProviderSession {
  private let library: ProviderLibrary
  private let sink: SessionSink
  // Made and freed with the session, and used inside of its calls only.
  nonisolated(unsafe) private let sinkTable: UnsafeMutablePointer<sis_sink>
  private var session: UnsafeMutablePointer<sis_session>?

  /// Opens a session.
  ///
  /// - Throws: `cursor` for a cursor of a format that the provider has given up: it is not even shown to it.
  package static func open(
    _ library: ProviderLibrary, _ opening: SessionOpening
  ) async throws(ProviderFault) -> InProcessSession {
    try library.facts.checkCursors(of: opening)
    // No run has a thread for it yet, and the shared pool is not to wait for a provider.
    let result: Result<InProcessSession, ProviderFault> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        do throws(ProviderFault) {
          continuation.resume(returning: .success(try InProcessSession(library, opening)))
        } catch { continuation.resume(returning: .failure(error)) }
      }
    }
    return try result.get()
  }

  private init(_ library: ProviderLibrary, _ opening: SessionOpening) throws(ProviderFault) {
    self.library = library
    sink = SessionSink(library.manifest)
    sinkTable = sink.makeTable()
    // All that is stored is set by now, an absent session too: where this throws, `deinit` frees the table.
    session = try Self.open(library, opening, sink, sinkTable)
  }

  deinit { sinkTable.deallocate() }

  private static func open(
    _ library: ProviderLibrary, _ opening: SessionOpening, _ sink: SessionSink, _ sinkTable: UnsafePointer<sis_sink>
  ) throws(ProviderFault) -> UnsafeMutablePointer<sis_session> {
    sink.begin(grant: 0)
    let opened = opening.config.withUnsafeBytes { config in
      (opening.cursor?.bytes ?? []).withUnsafeBytes { cursor in
        (opening.bookmark?.bytes ?? []).withUnsafeBytes { bookmark in
          var args = OpenCall(opening).arguments(config: config, cursor: cursor, bookmark: bookmark)
          return library.table.pointee.open(library.table, &args, sinkTable)
        }
      }
    }
    let facts = opened.map { SessionFacts(reading: $0) }
    do throws(ProviderFault) { try sink.endOpening(facts) } catch {
      if let opened, facts?.hasFunctions == true { opened.pointee.close(opened) }
      throw error
    }
    guard let opened else { throw ProviderFault(.internal, "it opened no session and gave no reason") }
    return opened
  }

  package func next(grant: Int, now: HostInstant) throws(ProviderFault) -> SessionAnswer {
    guard let session else { throw ProviderFault(.contract, "the session is closed") }
    sink.begin(grant: grant)
    var turn = NextCall(grant: grant, now: now).turn
    return try sink.end(status: session.pointee.next(session, &turn, sinkTable), request: 0)
  }

  package func feed(
    _ requestID: UInt64, _ response: HTTPResponse, grant: Int, now: HostInstant
  ) throws(ProviderFault) -> SessionAnswer {
    guard let session else { throw ProviderFault(.contract, "the session is closed") }
    sink.begin(grant: grant, bodyBytes: response.body.count)
    let status = Self.withResponse(requestID, response, grant, now) { session.pointee.feed(session, $0, sinkTable) }
    return try sink.end(status: status, request: requestID)
  }

  package func close() {
    if let session { session.pointee.close(session) }
    session = nil
  }

  /// Lends `response` to `body` as the ABI's struct: the body in place, header texts in one buffer.
  private static func withResponse(
    _ id: UInt64, _ response: HTTPResponse, _ grant: Int, _ now: HostInstant,
    _ body: (UnsafePointer<sis_response>) -> sis_status
  ) -> sis_status {
    var text: [UInt8] = []
    var places: [(name: Range<Int>, value: Range<Int>)] = []
    for header in response.headers {
      let start = text.count
      text += Array(header.name.utf8)
      let middle = text.count
      text += Array(header.value.utf8)
      places.append((start..<middle, middle..<text.count))
    }
    return text.withUnsafeBytes { text in
      func view(_ range: Range<Int>) -> sis_bytes {
        sis_bytes(ptr: text.baseAddress?.advanced(by: range.lowerBound), len: range.count)
      }
      let headers = places.map { sis_header(name: view($0.name), value: view($0.value)) }
      return headers.withUnsafeBufferPointer { headers in
        response.body.withUnsafeBytes { bytes in
          var raw = FeedCall(id, response, grant: grant, now: now).response(headers: headers, body: bytes)
          return body(&raw)
        }
      }
    }
  }
}
