/// SplitMix64 (Steele, Lea, Flood 2014): a small generator whose state is one word, so that every pupil can
/// have a generator of its own, made from the seed and the pupil's number, without a stored table.
struct SplitMix64: Sendable {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// A generator for item `index` of a stream: independent of every other item's.
  init(seed: UInt64, stream: Stream, index: Int) {
    state = Self.scramble(seed &+ stream.rawValue &* 0xD6E8_FEB8_6659_FD93) ^ UInt64(bitPattern: Int64(index))
    state = Self.scramble(state)
  }

  /// What is drawn for: keeps one stream's draws from moving another's.
  enum Stream: UInt64 {
    case student = 1
    case staff, school, enrollment, change, arrival
  }

  static func scramble(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    let value = Self.scramble(state)
    state &+= 0x9E37_79B9_7F4A_7C15
    return value
  }

  /// A number in `0..<bound`; 0 where the bound is not positive. The bias is below 2^-32 here: no matter.
  mutating func below(_ bound: Int) -> Int {
    bound <= 0 ? 0 : Int(truncatingIfNeeded: next() >> 1) % bound
  }

  /// True in `percent` of 100 draws.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
