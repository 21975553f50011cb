import CCurl
import HostModel

/// One exchange on its way: what libcurl writes into, and who waits for it. It lives on the loop's thread.
final class Exchange: @unchecked Sendable {
  // Unchecked: made by the caller, handed over once to the loop, and touched by its thread only from then on.
  let id: UInt64
  let request: HTTPRequest
  private let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
  private let started = ContinuousClock.now

  /// The lists and buffers that libcurl borrows.
  var headerList: UnsafeMutablePointer<curl_slist>?
  var requestBody: [UInt8]
  let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  private var status = 0
  private var headers: [HTTPHeader] = []
  private var headerBytes = 0
  private var body: [UInt8] = []
  private var wireBytes = 0
  private var inflater: Inflater?
  private var isHeaderSectionWhole = false
  private var isBodyBegun = false
  /// From when on, and from how many bytes on, the pace is measured; nil before the answer begins.
  private var paceMark: (at: ContinuousClock.Instant, bytes: Int)?
  private(set) var failure: TransportError?

  init(
    id: UInt64, request: HTTPRequest,
    continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
  ) {
    self.id = id
    self.request = request
    self.continuation = continuation
    requestBody = request.body
    errorText.initialize(repeating: 0)
  }

  deinit { errorText.deallocate() }

  var elapsedMilliseconds: Int {
    let (seconds, attoseconds) = (ContinuousClock.now - started).components
    return Int(clamping: seconds) &* 1_000 &+ Int(attoseconds / 1_000_000_000_000_000)
  }

  /// Too late, or too slow? Before the answer begins only the wait for it counts; afterwards the bytes of each
  /// whole `lowSpeedSeconds`.
  func lateness(_ now: ContinuousClock.Instant) -> TransportError? {
    let limits = request.limits
    guard status != 0 else {
      let wait = limits.firstByteMilliseconds
      guard now - started > .milliseconds(wait) else { return nil }
      return TransportError(.firstByteTimeout, "no answer began within \(Double(wait) / 1_000) s")
    }
    let received = headerBytes + wireBytes
    guard let mark = paceMark else {
      paceMark = (now, received)
      return nil
    }
    guard now - mark.at >= .seconds(limits.lowSpeedSeconds) else { return nil }
    paceMark = (now, received)
    let due = Double(limits.lowSpeedBytesPerSecond) * Double(limits.lowSpeedSeconds)
    guard Double(received - mark.bytes) < due else { return nil }
    return TransportError(
      .tooSlow,
      "fewer than \(limits.lowSpeedBytesPerSecond) bytes a second came for \(limits.lowSpeedSeconds) s")
  }

  func fail(_ code: TransportError.Code, _ context: String) {
    if failure == nil { failure = TransportError(code, context) }
  }

  // MARK: - What libcurl calls

  /// One line of the header section, its line end included. False ends the exchange.
  func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= request.limits.headerBytes else {
      fail(.headersTooLarge, "more than \(request.limits.headerBytes) bytes of headers")
      return false
    }
    if line.starts(with: "HTTP/".utf8) {
      // An interim answer (1xx) came before: only the last one counts.
      headers = []
      isHeaderSectionWhole = false
      let text = String(decoding: line, as: UTF8.self)
      let code = text.split(separator: " ").dropFirst().first?.prefix { $0.isASCII && $0.isNumber }
      status = code.flatMap { Int($0) } ?? 0
    } else if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
      isHeaderSectionWhole = true
    } else if !isHeaderSectionWhole, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      // What comes behind the section is a trailer of chunks: it says nothing of the body before it.
      headers.append(
        HTTPHeader(
          String(decoding: line[..<colon], as: UTF8.self).lowercased(), Self.text(line[(colon + 1)...])))
    }
    return true
  }

  /// A header's value without the white space around it and the line end behind it (RFC 9110 section 5.5).
  private static func text(_ value: Slice<UnsafeRawBufferPointer>) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    guard let first = value.firstIndex(where: { !isSpace($0) }), let last = value.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: value[first...last], as: UTF8.self)
  }

  /// A piece of the body. False ends the exchange.
  func take(bodyPiece piece: UnsafeRawBufferPointer) -> Bool {
    if !isBodyBegun { guard beginBody() else { return false } }
    wireBytes += piece.count
    guard wireBytes <= request.limits.wireBytes else {
      fail(.bodyTooLarge, "more than \(request.limits.wireBytes) bytes on the wire")
      return false
    }
    guard inflater != nil else {
      body.append(contentsOf: piece)
      return true
    }
    do throws(Inflater.Failure) { try inflater?.feed(piece, to: &body) } catch {
      switch error {
      case .tooLarge: fail(.bodyTooLarge, "more than \(request.limits.decodedBytes) bytes when inflated")
      case .undecodable(let words): fail(.bodyUndecodable, words)
      }
      return false
    }
    return true
  }

  private func beginBody() -> Bool {
    isBodyBegun = true
    let announced = header("content-length").flatMap { Int($0) } ?? 0
    body.reserveCapacity(min(max(announced, 4_096), 8 << 20))
    guard let encoding = header("content-encoding"), encoding.lowercased() != "identity" else { return true }
    guard let made = Inflater(encoding: encoding, limit: request.limits.decodedBytes) else {
      fail(.bodyUndecodable, "the content encoding \"\(encoding.prefix(40))\" was not asked for")
      return false
    }
    inflater = consume made
    return true
  }

  private func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  // MARK: - The end

  /// libcurl is done with it.
  func finish(_ code: CURLcode, isHTTP1: Bool) {
    if failure == nil, code != CURLE_OK { failure = error(code) }
    // libcurl takes an answer that ends within its headers for one without a body.
    if failure == nil, !isHeaderSectionWhole { fail(.reset, "the connection ended within the headers") }
    if failure == nil, inflater?.isAtEnd == false {
      fail(.bodyIncomplete, "the compressed body ends after \(wireBytes) bytes, before its own end")
    }
    if let failure { return continuation.resume(returning: .failure(failure)) }
    let isChunked = header("transfer-encoding")?.lowercased().contains("chunked") ?? false
    let hasNoBody = request.method == "HEAD" || status == 204 || status == 304
    let isFramed = !isHTTP1 || isChunked || header("content-length") != nil || inflater != nil || hasNoBody
    continuation.resume(
      returning: .success(
        HTTPResponse(
          status: status, headers: headers, body: body, wireBytes: wireBytes,
          elapsedMilliseconds: elapsedMilliseconds, isFramed: isFramed)))
  }

  private func error(_ code: CURLcode) -> TransportError {
    let said = errorText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let words = said.isEmpty ? String(cString: curl_easy_strerror(code)) : String(decoding: said, as: UTF8.self)
    let kind: TransportError.Code =
      switch code {
      // What came was no HTTP at all.
      case CURLE_UNSUPPORTED_PROTOCOL where words.contains("HTTP/0.9"): .bodyUndecodable
      case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .badURL
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
      case CURLE_COULDNT_CONNECT: .connect
      case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        .tls
      case CURLE_PARTIAL_FILE: .bodyIncomplete
      case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
        wireBytes > 0 ? .bodyIncomplete : .reset
      case CURLE_OPERATION_TIMEDOUT:
        words.contains("onnection time") || words.contains("resolve") || words.contains("Failed to connect")
          ? .connectTimeout : words.contains("too slow") ? .tooSlow : .totalTimeout
      case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .bodyUndecodable
      // libcurl's own limit of one header line, 100 KB; from 8.6 on it says so (CURLE_TOO_LARGE, 100).
      case CURLE_OUT_OF_MEMORY where !isHeaderSectionWhole, CURLcode(rawValue: 100): .headersTooLarge
      default: .internal
      }
    return TransportError(kind, words)
  }
}
