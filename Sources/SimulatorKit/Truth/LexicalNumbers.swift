/// The numbers of a range in the bytewise order of their decimal digits (1, 10, 100, 11, 2, ..), without a
/// list or a sort: the ids of a million students need no memory.
struct LexicalNumbers: Sequence, IteratorProtocol {
  private let range: Range<Int>
  private var current: Int?

  /// Numbers from 1 on.
  init(_ range: Range<Int>) {
    self.range = Swift.max(1, range.lowerBound)..<Swift.max(1, range.upperBound)
    current = self.range.isEmpty ? nil : 1
  }

  mutating func next() -> Int? {
    while let number = current {
      current = step(number)
      if range.contains(number) { return number }
    }
    return nil
  }

  private func step(_ number: Int) -> Int? {
    let last = range.upperBound - 1
    if number * 10 <= last { return number * 10 }
    var number = number
    while number % 10 == 9 || number + 1 > last { number /= 10 }
    return number == 0 ? nil : number + 1
  }
}
