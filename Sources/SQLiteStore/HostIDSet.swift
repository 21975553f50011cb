/// A set of host ids as a bitmap: a million records are 125 KB.
struct HostIDSet {
  private var words: [UInt64] = []
  let most: Int64

  /// - Parameter most: the highest host id there is; a higher one, of a damaged list, is not held.
  init(upTo most: Int64) { self.most = most }

  /// - Returns: was it new?
  @discardableResult
  mutating func insert(_ id: Int64) -> Bool {
    guard id > 0, id <= most else { return false }
    let (word, bit) = (Int(id >> 6), UInt64(1) << UInt64(id & 63))
    if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count + words.count / 2)) }
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    return true
  }

  func contains(_ id: Int64) -> Bool {
    let word = Int(id >> 6)
    return id > 0 && word < words.count && words[word] & (UInt64(1) << UInt64(id & 63)) != 0
  }
}
