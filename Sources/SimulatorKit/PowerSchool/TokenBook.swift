import Glibc

/// The tokens that were issued: one at a time, handed out again while it lives (sis-apis.md 2.2).
final class TokenBook: @unchecked Sendable {  // all state is behind the lock
  private let lock = Lock()
  private let life: Int
  private var current: (value: String, expires: Int)?
  private var issued = 0

  init(life: Int) { self.life = life }

  private var now: Int { Int(time(nil)) }

  /// The token and the seconds it has left.
  func issue() -> (value: String, seconds: Int) {
    lock.withLock {
      let now = now
      if let current, current.expires > now { return (current.value, current.expires - now) }
      issued += 1
      var random = SystemRandomNumberGenerator()
      let value = "t\(issued)-" + String(random.next(), radix: 16) + "-" + String(random.next(), radix: 16)
      current = (value, now + life)
      return (value, life)
    }
  }

  /// The token's short name, or nil for one that is unknown or has expired.
  func name(ofBearer header: String?) -> String? {
    guard let header, header.hasPrefix("Bearer ") else { return nil }
    let value = header.dropFirst(7)
    return lock.withLock {
      guard let current, current.value == value, current.expires > now else { return nil }
      return String(value.prefix { $0 != "-" })
    }
  }

  func revoke() { lock.withLock { current = nil } }
}
