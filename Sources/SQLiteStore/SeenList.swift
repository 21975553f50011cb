import HostModel

/// The records of one page as a packed list: for each kind its number, how many there are, and the steps from one host id to
/// the next, each as a variable-length integer. An unchanged record costs one to three bytes.
struct SeenList {
  /// One kind after another, as they first came: a page has one or two.
  private var lists: [(kind: RecordKind, ids: [Int64])] = []

  mutating func add(_ kind: RecordKind, _ hostID: Int64) {
    if let index = lists.firstIndex(where: { $0.kind == kind }) {
      lists[index].ids.append(hostID)
    } else {
      lists.append((kind, [hostID]))
    }
  }

  var bytes: [UInt8] {
    var out: [UInt8] = []
    for (kind, ids) in lists.sorted(by: { $0.kind.rawValue < $1.kind.rawValue }) {
      Self.append(UInt64(kind.rawValue), to: &out)
      Self.append(UInt64(ids.count), to: &out)
      var last: Int64 = 0
      for id in ids {
        // Zigzag: ids of a page mostly rise, but need not.
        let step = id - last
        Self.append(UInt64(bitPattern: (step << 1) ^ (step >> 63)), to: &out)
        last = id
      }
    }
    return out
  }

  /// Calls `body` for each entry, up to the first damage: the store's own file is not trusted to be whole
  /// either.
  ///
  /// - Returns: is the list whole?
  static func each(in bytes: UnsafeRawBufferPointer, _ body: (RecordKind, Int64) -> Void) -> Bool {
    var at = 0
    func read() -> UInt64? {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while at < bytes.count, shift < 64 {
        let byte = bytes[at]
        at += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      return nil
    }
    while at < bytes.count {
      guard let kind = read().flatMap({ UInt32(exactly: $0) }).flatMap({ RecordKind(rawValue: $0) }), let count = read()
      else { return false }
      var last: Int64 = 0
      var left = count
      while left > 0 {
        guard let code = read() else { return false }
        last &+= Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1)
        body(kind, last)
        left -= 1
      }
    }
    return true
  }

  private static func append(_ value: UInt64, to out: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      out.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    out.append(UInt8(rest))
  }
}
