import HostModel

/// The symbol versions that a library demands of others: DT_VERNEED (LSB 5.0, "Symbol Version Requirements").
struct ELFVersionNeeds {
  struct Need: Sendable, Equatable {
    /// `libc.so.6`
    var library: String
    /// `GLIBC_2.34`
    var version: String
  }

  private(set) var all: [Need] = []

  /// More than any library has; the lists are linked and could be endless.
  private static let most = 4_096

  /// - Throws: `provider-truncated`.
  init(_ reader: ELFReader, _ segments: ELFSegments, _ dynamic: ELFDynamic) throws(HostError) {
    guard var need = dynamic.address(0x6FFF_FFFE) else { return }
    var steps = 0
    while true {
      guard let at = segments.constantOffset(of: need, size: 16), let file = reader.u32(at + 4),
        let first = reader.u32(at + 8), let next = reader.u32(at + 12),
        let library = dynamic.name(Int(file), reader, segments)
      else { throw reader.cut }
      var version = need + Int(first)
      while true {
        steps += 1
        guard steps <= Self.most, let at = segments.constantOffset(of: version, size: 16),
          let name = reader.u32(at + 8), let following = reader.u32(at + 12),
          let text = dynamic.name(Int(name), reader, segments)
        else { throw reader.cut }
        all.append(Need(library: library, version: text))
        if following == 0 { break }
        version += Int(following)
      }
      if next == 0 { return }
      need += Int(next)
    }
  }
}
