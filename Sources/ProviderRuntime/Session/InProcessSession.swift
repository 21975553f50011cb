import CSISPlugin
import Dispatch
import HostModel
import ProviderABI
import SyncCore
import WorkerProtocol

/// A session whose provider runs in this process, one call at a time on a queue of its own, so that a slow call blocks
/// nobody.
package final class InProcessSession: ProviderSession, @unchecked Sendable {
  // Unchecked: everything but `queue` is touched on `queue` only.
  private let queue: DispatchQueue
  private let library: ProviderLibrary
  private let sink: SessionSink
  private let sinkTable: UnsafeMutablePointer<sis_sink>
  private var session: UnsafeMutablePointer<sis_session>?

  /// Opens a session.
  ///
  /// - Throws: `cursor` for a cursor of a format that the provider has given up: it is not even shown to it.
  package static func open(
    _ library: ProviderLibrary, _ opening: SessionOpening
  ) async throws(ProviderFault) -> InProcessSession {
    try library.facts.checkCursors(of: opening)
    let session = InProcessSession(library)
    try await session.onQueue { () throws(ProviderFault) in try session.open(opening) }
    return session
  }

  private init(_ library: ProviderLibrary) {
    self.library = library
    sink = SessionSink(library.manifest)
    queue = DispatchQueue(label: "provider.\(library.manifest.id)")
    sinkTable = sink.makeTable()
  }

  deinit { sinkTable.deallocate() }

  private func onQueue<Value: Sendable>(
    _ body: @escaping @Sendable () throws(ProviderFault) -> Value
  ) async throws(ProviderFault) -> Value {
    let result: Result<Value, ProviderFault> = await withCheckedContinuation { continuation in
      queue.async {
        let result: Result<Value, ProviderFault>
        do throws(ProviderFault) { result = .success(try body()) } catch { result = .failure(error) }
        continuation.resume(returning: result)
      }
    }
    return try result.get()
  }

  private func open(_ opening: SessionOpening) throws(ProviderFault) {
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
    session = opened
  }

  package func next(grant: Int, now: HostInstant) async throws(ProviderFault) -> SessionAnswer {
    try await onQueue { [self] () throws(ProviderFault) in
      guard let session else { throw ProviderFault(.contract, "the session is closed") }
      sink.begin(grant: grant)
      var turn = NextCall(grant: grant, now: now).turn
      return try sink.end(status: session.pointee.next(session, &turn, sinkTable), request: 0)
    }
  }

  package func feed(
    _ requestID: UInt64, _ response: HTTPResponse, grant: Int, now: HostInstant
  ) async throws(ProviderFault) -> SessionAnswer {
    try await onQueue { [self] () throws(ProviderFault) in
      guard let session else { throw ProviderFault(.contract, "the session is closed") }
      sink.begin(grant: grant)
      let status = Self.withResponse(requestID, response, grant, now) { session.pointee.feed(session, $0, sinkTable) }
      return try sink.end(status: status, request: requestID)
    }
  }

  package func close() async {
    await withCheckedContinuation { continuation in
      queue.async { [self] in
        if let session { session.pointee.close(session) }
        session = nil
        continuation.resume()
      }
    }
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
