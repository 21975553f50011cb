import CSISPlugin
import WorkerProtocol

extension OpenCall {
  /// `sis_open`, its texts lent.
  package func arguments(
    config: UnsafeRawBufferPointer, cursor: UnsafeRawBufferPointer, bookmark: UnsafeRawBufferPointer
  ) -> sis_open {
    var args = sis_open()
    args.size = UInt32(MemoryLayout<sis_open>.size)
    args.mode = mode
    args.config = sis_bytes(config)
    args.cursor = sis_bytes(cursor)
    args.bookmark = sis_bytes(bookmark)
    args.cursor_version = cursorVersion
    args.bookmark_version = bookmarkVersion
    args.max_in_flight = maxInFlight
    args.page_size = pageSize
    args.now_ms = nowMilliseconds
    args.seed = seed
    return args
  }
}

extension FeedCall {
  /// `sis_response`, its headers and body lent.
  package func response(
    headers: UnsafeBufferPointer<sis_header>, body: UnsafeRawBufferPointer
  ) -> sis_response {
    var response = sis_response()
    response.size = UInt32(MemoryLayout<sis_response>.size)
    response.http_status = status
    response.id = request
    response.now_ms = nowMilliseconds
    response.headers = headers.isEmpty ? nil : headers.baseAddress
    response.header_count = headers.count
    response.body = sis_bytes(body)
    response.grant = grant
    return response
  }
}

extension NextCall {
  /// `sis_turn`.
  package var turn: sis_turn {
    sis_turn(size: UInt32(MemoryLayout<sis_turn>.size), grant: grant, now_ms: nowMilliseconds)
  }
}
