/// The letters and digits that may stand for one another in a pseudonym, so that a text keeps its script,
/// its case and its length in bytes.
struct ScalarClass: Equatable {
  let first: UInt32
  let last: UInt32

  var radix: Int { Int(last - first) + 1 }

  /// The most common first: they are tried in this order.
  private static let all: [ScalarClass] = [
    ScalarClass("a", "z"), ScalarClass("A", "Z"), ScalarClass("0", "9"),
    // Latin with accents: capitals, small letters, and what follows them.
    ScalarClass("À", "Ö"), ScalarClass("Ø", "Þ"), ScalarClass("ß", "ö"), ScalarClass("ø", "ÿ"),
    ScalarClass("Ā", "ſ"),
    ScalarClass("Α", "Ρ"), ScalarClass("Σ", "Ω"), ScalarClass("α", "ω"), ScalarClass("А", "Я"),
    ScalarClass("а", "я"),
    ScalarClass("א", "ת"), ScalarClass("ؠ", "ي"), ScalarClass("ก", "ฮ"),
    ScalarClass("ぁ", "ゖ"), ScalarClass("ァ", "ヺ"), ScalarClass("一", "\u{9FA5}"), ScalarClass("가", "힣"),
  ]

  private init(_ first: Unicode.Scalar, _ last: Unicode.Scalar) {
    self.first = first.value
    self.last = last.value
  }

  /// The class of a letter or digit; nil for what stays: spaces, signs, emoji.
  static func of(_ scalar: Unicode.Scalar) -> ScalarClass? {
    if let found = all.first(where: { ($0.first...$0.last).contains(scalar.value) }) { return found }
    // Letters of other scripts become Latin ones: safe, if not alike.
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? all[0] : nil
  }

  func index(of scalar: Unicode.Scalar) -> Int {
    (first...last).contains(scalar.value) ? Int(scalar.value - first) : Int(scalar.value) % radix
  }

  /// - Parameter index: below `radix`. Every class lies clear of the surrogates.
  func scalar(_ index: Int) -> Unicode.Scalar { Unicode.Scalar(first + UInt32(index)) ?? "x" }
}
