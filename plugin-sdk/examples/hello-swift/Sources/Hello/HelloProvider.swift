import SISKit

/// Reads `people.json` from any web server: a list of schools and people.
struct HelloProvider: Provider {
  private var hasAsked = false

  /// One read of one district begins. There is one page, so there is never a cursor to go on from.
  init(_ opening: Opening, _ output: inout Output) throws(ProviderError) {
    guard opening.mode == .full else { throw ProviderError(.unsupported, "only a full read is possible") }
  }

  /// The host has room for a request: ask for the one file there is.
  mutating func next(_ output: inout Output) throws(ProviderError) -> Step {
    if !hasAsked, output.grant > 0 {
      output.request(id: 1, target: "/people.json", resource: "people")
      hasAsked = true
    }
    return .more
  }

  /// The answer, whole. Its elements become records; then both kinds are complete: who is missing has left.
  mutating func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step {
    guard response.status == 200 else { throw ProviderError(.notFound, "the server has no people.json") }
    var reader = JSONReader(response.body)
    var school: JSONText?
    do throws(JSONError) {
      try reader.eachOneOrMany { (reader) throws(JSONError) in
        var person = Person()
        try person.read(&reader)
        person.emit(to: &output, of: reader, school: &school)
      }
      try reader.finish()
    } catch { throw ProviderError(error, in: "people.json") }
    output.end(.org, complete: true)
    output.end(.user, complete: true)
    return .done
  }
}
