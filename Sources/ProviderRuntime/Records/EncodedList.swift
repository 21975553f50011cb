/// The elements of one list while it is made: encoded one after another, then written sorted and without repeats.
struct EncodedList {
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>] = []

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }

  mutating func add(_ encode: (inout [UInt8]) -> Void) {
    let start = bytes.count
    encode(&bytes)
    ranges.append(start..<bytes.count)
  }

  /// Appends `[..]`, bytewise sorted.
  mutating func appendSorted(to out: inout [UInt8]) {
    if ranges.count > 1 {
      ranges.sort { bytes[$0].lexicographicallyPrecedes(bytes[$1]) }
    }
    out.append(UInt8(ascii: "["))
    for (index, range) in ranges.enumerated() {
      if index > 0 {
        if bytes[range].elementsEqual(bytes[ranges[index - 1]]) { continue }
        out.append(UInt8(ascii: ","))
      }
      out.append(contentsOf: bytes[range])
    }
    out.append(UInt8(ascii: "]"))
  }
}
