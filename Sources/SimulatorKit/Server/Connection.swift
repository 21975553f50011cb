import Glibc

/// One client's connection: reads a request, lets the service answer, spoils the answer where a fault is due,
/// and sends it. Runs on a thread of its own.
final class Connection {
  private let descriptor: Int32
  private let server: HTTPServer
  private let reader: RequestReader
  private let answer = HTTPAnswer()
  private let head = ByteBuffer(capacity: 1024)
  private let gzip: Gzip?

  init(descriptor: Int32, server: HTTPServer) {
    self.descriptor = descriptor
    self.server = server
    reader = RequestReader(descriptor: descriptor)
    gzip = server.options.gzip ? Gzip() : nil
  }

  func run() {
    while !server.isStopping {
      switch reader.next() {
      case .closed: return
      case .refused(let status, let reason):
        answer.clear()
        answer.status = status
        answer.contentType = "text/plain;charset=UTF-8"
        answer.body.append(text: reason)
        _ = sendAnswer(answer.body, keepsAlive: false, encoding: nil)
        return server.record(.init(
          method: "?", target: "?", status: status, bytes: answer.body.count, token: "", inFlight: 0,
          milliseconds: 0, fault: nil))
      case .request(let request, let keepsAlive):
        guard serve(request, keepsAlive: keepsAlive), keepsAlive else { return }
      }
    }
  }

  /// False: the connection must end.
  private func serve(_ request: HTTPRequestHead, keepsAlive: Bool) -> Bool {
    let begin = monotonicMilliseconds()
    let inFlight = server.enter()
    defer { server.leave() }
    answer.clear()
    if request.segments.first == "_simulator" {
      server.control(request, answer)
      return sendAnswer(answer.body, keepsAlive: keepsAlive, encoding: nil)
    }
    let fault = server.faults.next(request.target)
    if server.options.latency > 0 { usleep(UInt32(clamping: server.options.latency * 1000)) }
    var goesOn = false
    if case .status(let status)? = fault?.kind {
      fail(request, status)
      goesOn = sendAnswer(answer.body, keepsAlive: keepsAlive, encoding: nil)
    } else {
      server.service.answer(request, into: answer)
      goesOn = send(request, fault?.kind, keepsAlive: keepsAlive)
    }
    server.record(.init(
      method: request.method, target: request.target, status: answer.status, bytes: sent, token: answer.token,
      inFlight: inFlight, milliseconds: monotonicMilliseconds() - begin, fault: fault?.name))
    return goesOn
  }

  private func fail(_ request: HTTPRequestHead, _ status: Int) {
    answer.status = status
    switch status {
    case 401:
      server.service.revoke(request)
      answer.headers.append(
        (
          "WWW-Authenticate",
          "Bearer error=\"invalid_token\",realm=\"PowerSchool\",error_description=\"The access token has expired\""
        ))
    case 429, 503:
      answer.headers.append(("Retry-After", "\(server.options.retryAfter)"))
      answer.body.append(
        text: "{\"message\":\"There were too many requests; wait \(server.options.retryAfter) seconds.\"}")
    default: answer.body.append(text: "{\"message\":\"Simulated failure \(status)\"}")
    }
  }

  /// Sends the answer, spoiled where a fault is due. Answers whether the connection goes on.
  private func send(_ request: HTTPRequestHead, _ fault: Fault.Kind?, keepsAlive: Bool) -> Bool {
    switch fault {
    case .html?:
      answer.status = 200
      answer.contentType = "text/html;charset=UTF-8"
      answer.body.clear()
      answer.body.append("<!DOCTYPE html><html><body><h1>PowerSchool is down for maintenance</h1></body></html>")
    case .redirect?:
      answer.status = 302
      answer.headers.append(("Location", "https://message.powerschool.com/?server=simulated"))
      answer.body.clear()
    case .empty?:
      answer.status = 200
      answer.body.clear()
    case .halfJSON?: answer.body.truncate(to: answer.body.count / 2)
    case .reset?:
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
      sent = 0
      return false
    case .hang?:
      var byte: UInt8 = 0
      while !server.isStopping, read(descriptor, &byte, 1) > 0 {}
      sent = 0
      return false
    case .bom?:
      let whole = answer.body.array
      answer.body.clear()
      answer.body.append([0xEF, 0xBB, 0xBF] as [UInt8])
      answer.body.append(whole)
    default: break
    }
    var body = answer.body
    var encoding: StaticString?
    let wantsGzip = request.header("accept-encoding")?.lowercased().contains("gzip") == true
    if wantsGzip || fault == .cutGzip, body.count >= 256 || fault == .cutGzip,
      let gzip = gzip ?? (fault == .cutGzip ? Gzip() : nil), gzip.compress(body)
    {
      body = gzip.out
      encoding = "gzip"
      if fault == .cutGzip { body.truncate(to: body.count / 2) }
      return deliver(body, encoding, fault, keepsAlive: keepsAlive)
    }
    return deliver(body, nil, fault, keepsAlive: keepsAlive)
  }

  private func deliver(_ body: ByteBuffer, _ encoding: StaticString?, _ fault: Fault.Kind?, keepsAlive: Bool) -> Bool {
    switch fault {
    case .cutBody?:
      writeHead(length: body.count, keepsAlive: keepsAlive, encoding: encoding)
      _ = write(body, 0..<body.count / 2, after: head)
      return false
    case .wrongLength?:
      writeHead(length: max(0, body.count - 7), keepsAlive: keepsAlive, encoding: encoding)
      _ = write(body, 0..<body.count, after: head)
      return false
    case .noLength?:
      writeHead(length: nil, keepsAlive: false, encoding: encoding)
      _ = write(body, 0..<body.count, after: head)
      return false
    case .chunked?, .cutChunks?:
      return sendChunks(body, encoding, cut: fault == .cutChunks, keepsAlive: keepsAlive)
    case .slow?: return sendSlowly(body, encoding, keepsAlive: keepsAlive)
    default: return sendAnswer(body, keepsAlive: keepsAlive, encoding: encoding)
    }
  }

  private func sendChunks(_ body: ByteBuffer, _ encoding: StaticString?, cut: Bool, keepsAlive: Bool) -> Bool {
    writeHead(length: nil, keepsAlive: keepsAlive, encoding: encoding, chunked: true)
    let size = max(1, body.count / 3)
    for begin in stride(from: 0, to: cut ? body.count / 2 : body.count, by: size) {
      let end = min(body.count, begin + size)
      head.append(text: String(end - begin, radix: 16) + "\r\n")
      head.append(UnsafeRawBufferPointer(rebasing: body.raw[begin..<end]))
      head.append("\r\n")
    }
    if !cut { head.append("0\r\n\r\n") }
    return write(head, 0..<head.count, after: nil) && !cut
  }

  private func sendSlowly(_ body: ByteBuffer, _ encoding: StaticString?, keepsAlive: Bool) -> Bool {
    writeHead(length: body.count, keepsAlive: keepsAlive, encoding: encoding)
    guard write(head, 0..<head.count, after: nil) else { return false }
    let pieces = 20
    for piece in 0..<pieces {
      usleep(UInt32(clamping: server.options.slowMilliseconds * 1000 / pieces))
      let range = body.count * piece / pieces..<body.count * (piece + 1) / pieces
      guard !server.isStopping, write(body, range, after: nil) else { return false }
    }
    return true
  }

  // MARK: Writing

  private var sent = 0

  private func sendAnswer(_ body: ByteBuffer, keepsAlive: Bool, encoding: StaticString?) -> Bool {
    writeHead(length: body.count, keepsAlive: keepsAlive, encoding: encoding)
    return write(body, 0..<body.count, after: head)
  }

  private func writeHead(length: Int?, keepsAlive: Bool, encoding: StaticString?, chunked: Bool = false) {
    sent = 0
    head.clear()
    head.append("HTTP/1.1 ")
    head.append(answer.status)
    head.append(UInt8(ascii: " "))
    head.append(Self.reason(answer.status))
    if answer.body.count > 0 {
      head.append("\r\nContent-Type: ")
      head.append(answer.contentType)
    }
    for (name, value) in answer.headers {
      head.append("\r\n")
      head.append(name)
      head.append(": ")
      head.append(text: value)
    }
    if let encoding {
      head.append("\r\nContent-Encoding: ")
      head.append(encoding)
    }
    if chunked { head.append("\r\nTransfer-Encoding: chunked") }
    if let length {
      head.append("\r\nContent-Length: ")
      head.append(length)
    }
    head.append(keepsAlive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n")
  }

  /// Sends a part of `body`, the head before it in the same packet where there is one.
  private func write(_ body: ByteBuffer, _ range: Range<Int>, after head: ByteBuffer?) -> Bool {
    sent += range.count
    let headCount = head?.count ?? 0
    var done = 0
    let total = headCount + range.count
    while done < total {
      let headRest = max(0, headCount - done)
      let bodyAt = range.lowerBound + max(0, done - headCount)
      var parts = [
        iovec(iov_base: head.map { $0.bytes + min(done, headCount) }, iov_len: headRest),
        iovec(iov_base: body.bytes + bodyAt, iov_len: range.upperBound - bodyAt),
      ]
      let wrote = writev(descriptor, &parts, 2)
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { return false }
      done += wrote
    }
    return true
  }

  private static func reason(_ status: Int) -> StaticString {
    switch status {
    case 200: "OK"
    case 302: "Found"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    default: "Status"
    }
  }
}
