import SISKit

/// The district's options, which the host has checked against the manifest and filled up with the defaults.
struct Options {
  /// The schools that are read; empty: all.
  var schools: [String] = []
  var readsBusRoutes = true

  init(_ config: [UInt8]) throws(ProviderError) {
    var reader = JSONReader(config.span.bytes)
    do throws(JSONError) {
      try reader.eachMember { (key, reader) throws(JSONError) in
        if reader.matches(key, "schools") {
          try reader.eachOneOrMany { (reader) throws(JSONError) in
            schools.append(reader.text(try reader.string()))
          }
        } else if reader.matches(key, "busRoutes") {
          readsBusRoutes = try reader.boolean()
        } else {
          try reader.skip()
        }
      }
      try reader.finish()
    } catch {
      throw ProviderError(.config, "the options are not an object as the manifest declares it: \(error)")
    }
    // They go into addresses and cursors as they are.
    guard schools.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isIDByte) }) else {
      throw ProviderError(.config, "an id of a school is made of digits, letters and -", pointer: "/schools")
    }
  }

  private static func isIDByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
