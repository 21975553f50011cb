import SISKit

/// The integration's options, which the host has checked against the manifest.
struct Options {
  /// The enrolment statuses of students that are read, as the filter writes them.
  var statuses = "A,P"

  init(_ config: [UInt8]) throws(ProviderError) {
    var letters: [String] = []
    var reader = JSONReader(config.span.bytes)
    do throws(JSONError) {
      try reader.eachMember { (key, reader) throws(JSONError) in
        guard reader.matches(key, "enrollStatuses") else { return try reader.skip() }
        try reader.eachOneOrMany { (reader) throws(JSONError) in letters.append(reader.text(try reader.string())) }
      }
      try reader.finish()
    } catch {
      throw ProviderError(.config, "the options are not an object as the manifest declares it: \(error)")
    }
    if !letters.isEmpty { statuses = letters.joined(separator: ",") }
  }
}
