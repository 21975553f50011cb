/// A fixed window a minute long: so many requests go through, the rest must wait for the next window.
struct RequestWindow: Sendable {
  let perMinute: Int
  private var begin: Int?
  private var used = 0

  init(perMinute: Int) { self.perMinute = perMinute }

  /// nil: go on. Otherwise the milliseconds to wait.
  mutating func admit(now: Int) -> Int? {
    guard perMinute > 0 else { return nil }
    if let begin, now - begin < 60_000 {
      guard used < perMinute else { return begin + 60_000 - now }
      used += 1
      return nil
    }
    begin = now
    used = 1
    return nil
  }
}
