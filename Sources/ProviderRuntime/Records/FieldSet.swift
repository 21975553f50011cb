/// A set of field numbers below 256.
struct FieldSet {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  mutating func insert(_ id: UInt32) {
    let bit = UInt64(1) << UInt64(id & 63)
    switch id >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    case 3: words.3 |= bit
    default: break
    }
  }

  func contains(_ id: UInt32) -> Bool {
    let bit = UInt64(1) << UInt64(id & 63)
    return switch id >> 6 {
    case 0: words.0 & bit != 0
    case 1: words.1 & bit != 0
    case 2: words.2 & bit != 0
    case 3: words.3 & bit != 0
    default: false
    }
  }
}
