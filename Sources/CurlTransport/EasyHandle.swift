import CCurl
import HostModel

/// How one exchange is told to libcurl. Redirects are not followed here, nothing is decoded, no credential is known.
enum EasyHandle {
  static func prepare(_ easy: UnsafeMutableRawPointer, _ exchange: Exchange, certificates: String?) -> CURLcode {
    let request = exchange.request
    let limits = request.limits
    var code = CURLE_OK
    func set(_ result: CURLcode) { if code == CURLE_OK { code = result } }
    func number(_ option: CURLoption, _ value: Int) { set(homeroom_easy_set_long(easy, option, value)) }
    func text(_ option: CURLoption, _ value: String) { set(homeroom_easy_set_string(easy, option, value)) }

    number(CURLOPT_NOSIGNAL, 1)
    text(CURLOPT_URL, request.url)
    text(CURLOPT_PROTOCOLS_STR, "http,https")
    number(CURLOPT_FOLLOWLOCATION, 0)
    number(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Not CURLOPT_PIPEWAIT: until the first answer has come, every other request to that host would wait for
    // it.
    number(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
    number(CURLOPT_TIMEOUT_MS, limits.totalMilliseconds)
    // Not CURLOPT_LOW_SPEED_TIME: it takes the wait for the first byte, which has its own limit, for slowness.
    number(CURLOPT_BUFFERSIZE, 128 << 10)
    number(CURLOPT_TCP_KEEPALIVE, 1)
    if let certificates { text(CURLOPT_CAINFO, certificates) }
    set(homeroom_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, exchange.errorText.baseAddress))

    switch request.method {
    case "GET": number(CURLOPT_HTTPGET, 1)
    case "HEAD": number(CURLOPT_NOBODY, 1)
    default:
      number(CURLOPT_POST, 1)
      if request.method != "POST" { text(CURLOPT_CUSTOMREQUEST, request.method) }
      set(homeroom_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(exchange.requestBody.count)))
      // libcurl copies the bytes here.
      exchange.requestBody.withUnsafeBytes { bytes in
        let empty = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        set(homeroom_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, empty))
      }
    }
    let own = [HTTPHeader("accept-encoding", "gzip"), HTTPHeader("user-agent", "Homeroom/0.1")]
    for header in request.headers + own.filter({ own in !request.headers.contains { $0.name == own.name } }) {
      append("\(header.name): \(header.value)", to: exchange)
    }
    // curl's own "Expect: 100-continue" costs a round trip and confuses old servers.
    append("Expect:", to: exchange)
    set(homeroom_easy_set_list(easy, CURLOPT_HTTPHEADER, exchange.headerList))

    let context = Unmanaged.passUnretained(exchange).toOpaque()
    set(homeroom_easy_set_pointer(easy, CURLOPT_WRITEDATA, context))
    set(homeroom_easy_set_pointer(easy, CURLOPT_HEADERDATA, context))
    set(
      homeroom_easy_set_callback(easy, CURLOPT_WRITEFUNCTION) { data, size, count, context in
        EasyHandle.exchange(context)?.take(bodyPiece: UnsafeRawBufferPointer(start: data, count: size * count)) == true
          ? size * count : 0
      })
    set(
      homeroom_easy_set_callback(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
        EasyHandle.exchange(context)?.take(headerLine: UnsafeRawBufferPointer(start: data, count: size * count)) == true
          ? size * count : 0
      })
    return code
  }

  /// Frees what was lent to libcurl for one exchange.
  static func release(_ easy: UnsafeMutableRawPointer, _ exchange: Exchange) {
    // The error text was written into the exchange's buffer; libcurl must not write there again.
    homeroom_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, nil)
    curl_slist_free_all(exchange.headerList)
    exchange.headerList = nil
  }

  private static func append(_ line: String, to exchange: Exchange) {
    exchange.headerList = curl_slist_append(exchange.headerList, line) ?? exchange.headerList
  }

  /// The exchange is kept alive by the loop as long as libcurl has its handle.
  private static func exchange(_ context: UnsafeMutableRawPointer?) -> Exchange? {
    context.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
  }
}
