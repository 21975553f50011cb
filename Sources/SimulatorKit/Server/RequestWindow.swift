/// A fixed window: so many requests go through, the rest must wait for the next window.
struct RequestWindow: Sendable {
  /// 0: no limit.
  let requests: Int
  let milliseconds: Int
  private var begin: Int?
  private var used = 0

  init(requests: Int, seconds: Int) {
    self.requests = requests
    milliseconds = seconds * 1_000
  }

  /// nil: go on. Otherwise the milliseconds to wait.
  mutating func admit(now: Int) -> Int? {
    guard requests > 0 else { return nil }
    if let begin, now - begin < milliseconds {
      guard used < requests else { return begin + milliseconds - now }
      used += 1
      return nil
    }
    begin = now
    used = 1
    return nil
  }
}
