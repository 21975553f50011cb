/// Why a call into a provider failed: what the provider said, or how it broke the contract.
package struct ProviderFault: Error, Sendable, Equatable {
  /// `SIS_E_...`; the cases from `contract` on are the host's own.
  package enum Code: Int32, Sendable, CaseIterable {
    case config = -1
    case auth = -2
    case forbidden = -3
    case unlicensed = -4
    case notFound = -5
    case throttled = -6
    case maintenance = -7
    case transient = -8
    case `protocol` = -9
    case semantic = -10
    case cursor = -11
    case refused = -12
    case unsupported = -13
    case noMemory = -14
    case `internal` = -15
    /// It broke a rule of the ABI: NULL, an unknown status, a cursor too large, a request for a foreign host.
    case contract = -100
    /// It exited, crashed, or did not answer in time.
    case crashed = -101
  }

  package var code: Code
  package var message: String
  /// Where in the answer or the config: a JSON pointer, or empty.
  package var pointer: String
  package var requestID: UInt64
  /// What the source asked to wait, where it said so.
  package var retryAfterMilliseconds: Int64?

  package init(
    _ code: Code, _ message: String, pointer: String = "", requestID: UInt64 = 0,
    retryAfterMilliseconds: Int64? = nil
  ) {
    self.code = code
    self.message = message
    self.pointer = pointer
    self.requestID = requestID
    self.retryAfterMilliseconds = retryAfterMilliseconds
  }

  /// Does the same request stand a chance when it is sent again?
  package var repeatsRequest: Bool { code == .throttled || code == .transient || code == .protocol }
}
