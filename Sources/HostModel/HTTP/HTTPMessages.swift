package struct HTTPHeader: Sendable, Equatable {
  package var name: String
  package var value: String
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What a body is due to be, so that a login page is not taken for data. Numbers: `SIS_EXPECT_...`.
package enum BodyExpectation: UInt32, Sendable {
  case any = 0
  case json = 1
  case xml = 2
  case csv = 3
  case zip = 4
}

/// An exchange that a provider asks for: without origin, credentials or host headers.
package struct ProviderRequest: Sendable, Equatable {
  /// The provider's own number for it.
  package var id: UInt64
  package var method: String
  /// `/path?query` relative to the integration's base URL, or an absolute URL.
  package var target: String
  /// A short word for statistics.
  package var resource: String
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  package var expect: BodyExpectation
  package var sendsCredential: Bool
  /// False where repeating it may do harm.
  package var isRepeatable: Bool

  package init(
    id: UInt64, method: String = "GET", target: String, resource: String, headers: [HTTPHeader] = [],
    body: [UInt8] = [], expect: BodyExpectation = .any, sendsCredential: Bool = true,
    isRepeatable: Bool = true
  ) {
    self.id = id
    self.method = method
    self.target = target
    self.resource = resource
    self.headers = headers
    self.body = body
    self.expect = expect
    self.sendsCredential = sendsCredential
    self.isRepeatable = isRepeatable
  }

  /// What to call it in messages: "GET /ws/v1/metadata".
  package var place: String { "\(method) \(target)" }
}

/// One exchange as it goes on the wire: absolute, credentials included.
package struct HTTPRequest: Sendable {
  package var method: String
  package var url: String
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  package var expect: BodyExpectation
  package var limits: HTTPLimits

  package init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    expect: BodyExpectation = .any, limits: HTTPLimits = .standard
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.expect = expect
    self.limits = limits
  }
}

/// The bounds of one exchange (design.md section 7).
package struct HTTPLimits: Sendable, Equatable {
  package var connectMilliseconds: Int = 10_000
  package var firstByteMilliseconds: Int = 60_000
  /// Fewer bytes a second than this, for `lowSpeedSeconds`, ends the exchange.
  package var lowSpeedBytesPerSecond: Int = 100
  package var lowSpeedSeconds: Int = 30
  package var totalMilliseconds: Int = 300_000
  package var wireBytes: Int = 32 << 20
  package var decodedBytes: Int = 256 << 20
  package var headerBytes: Int = 64 << 10
  /// Redirects within the origin that are followed; another origin is never followed.
  package var redirects: Int = 3
  package init() {}
  package static let standard = HTTPLimits()
}

/// A whole answer: complete, inflated, within its bounds.
package struct HTTPResponse: Sendable {
  package var status: Int
  /// Names in lower case, in the order received.
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  /// Bytes of the body as they came over the wire, before inflating.
  package var wireBytes: Int
  package var elapsedMilliseconds: Int
  /// True if the body's end was proven by framing (length, chunks, HTTP/2) and not by a mere close.
  package var isFramed: Bool

  package init(
    status: Int, headers: [HTTPHeader] = [], body: [UInt8] = [], wireBytes: Int = 0,
    elapsedMilliseconds: Int = 0, isFramed: Bool = true
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.wireBytes = wireBytes
    self.elapsedMilliseconds = elapsedMilliseconds
    self.isFramed = isFramed
  }

  /// The first header of this (lower-case) name.
  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
