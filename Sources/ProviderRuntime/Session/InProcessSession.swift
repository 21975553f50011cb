import CSISPlugin
import Dispatch
import HostModel
import SyncCore

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
    for cursor in [opening.cursor, opening.bookmark].compactMap({ $0 })
    where !library.reads(cursorVersion: cursor.version) {
      throw ProviderFault(.cursor, "it does not read cursors of version \(cursor.version)")
    }
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
    do throws(ProviderFault) { session = try Self.open(library, opening, sink, sinkTable) } catch {
      // There is no deinit for what was never whole.
      sinkTable.deallocate()
      throw error
    }
  }

  deinit { sinkTable.deallocate() }

  private static func open(
    _ library: ProviderLibrary, _ opening: SessionOpening, _ sink: SessionSink, _ sinkTable: UnsafePointer<sis_sink>
  ) throws(ProviderFault) -> UnsafeMutablePointer<sis_session> {
    sink.begin(grant: 0)
    let opened = opening.config.withUnsafeBytes { config in
      (opening.cursor?.bytes ?? []).withUnsafeBytes { cursor in
        (opening.bookmark?.bytes ?? []).withUnsafeBytes { bookmark in
          var args = sis_open()
          args.size = UInt32(MemoryLayout<sis_open>.size)
          args.mode = opening.mode == .delta ? SIS_MODE_DELTA : SIS_MODE_FULL
          args.config = sis_bytes(ptr: config.baseAddress, len: config.count)
          args.cursor = sis_bytes(ptr: cursor.baseAddress, len: cursor.count)
          args.bookmark = sis_bytes(ptr: bookmark.baseAddress, len: bookmark.count)
          args.cursor_version = opening.cursor?.version ?? 0
          args.bookmark_version = opening.bookmark?.version ?? 0
          args.max_in_flight = UInt32(clamping: max(opening.maxInFlight, 1))
          args.page_size = UInt32(clamping: opening.pageSize)
          args.now_ms = opening.now.milliseconds
          args.seed = opening.seed
          return library.table.pointee.open(library.table, &args, sinkTable)
        }
      }
    }
    guard let opened else { throw sink.openingFault() }
    let raw = UnsafeRawPointer(opened)
    guard Int(opened.pointee.size) >= MemoryLayout<sis_session>.size,
      [16, 24, 32].allSatisfy({ raw.loadUnaligned(fromByteOffset: $0, as: UInt.self) != 0 })
    else {
      throw ProviderFault(.contract, "its session has size \(opened.pointee.size) or lacks a function")
    }
    do throws(ProviderFault) { try sink.endOpening() } catch {
      opened.pointee.close(opened)
      throw error
    }
    return opened
  }

  package func next(grant: Int, now: HostInstant) throws(ProviderFault) -> SessionAnswer {
    guard let session else { throw ProviderFault(.contract, "the session is closed") }
    sink.begin(grant: grant)
    var turn = sis_turn(
      size: UInt32(MemoryLayout<sis_turn>.size), grant: UInt32(clamping: grant), now_ms: now.milliseconds)
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
          var raw = sis_response()
          raw.size = UInt32(MemoryLayout<sis_response>.size)
          raw.http_status = Int32(clamping: response.status)
          raw.id = id
          raw.now_ms = now.milliseconds
          raw.headers = headers.isEmpty ? nil : headers.baseAddress
          raw.header_count = headers.count
          raw.body = sis_bytes(ptr: bytes.baseAddress, len: bytes.count)
          raw.grant = UInt32(clamping: grant)
          return body(&raw)
        }
      }
    }
  }
}
