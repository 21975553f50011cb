import CSISPlugin

/// Why a call failed: one of the classes of `sis_plugin.h`, and a sentence without personal data or secrets.
public struct ProviderError: Error, Equatable, Sendable {
  /// What the host does about it stands in `sis_plugin.h` beside `SIS_E_...`.
  public enum Code: Int32, Sendable {
    case config = -1
    case auth = -2
    case forbidden = -3
    case unlicensed = -4
    case notFound = -5
    case throttled = -6
    case maintenance = -7
    case transient = -8
    /// The answer is not what the API promises: the host asks again, then stops.
    case `protocol` = -9
    case semantic = -10
    case cursor = -11
    /// The host refused what was emitted.
    case refused = -12
    case unsupported = -13
    case noMemory = -14
    case `internal` = -15
  }

  public var code: Code
  public var message: String
  /// Where in the answer or the config, as a JSON pointer; empty if it is about no place.
  public var pointer: String
  public var retryAfterMilliseconds: Int64?

  public init(_ code: Code, _ message: String, pointer: String = "", retryAfterMilliseconds: Int64? = nil) {
    self.code = code
    self.message = message
    self.pointer = pointer
    self.retryAfterMilliseconds = retryAfterMilliseconds
  }

  /// An answer that could not be read.
  public init(_ error: JSONError, in place: String) {
    self.init(.protocol, "\(place): the answer is not sound JSON: \(error)")
  }
}
