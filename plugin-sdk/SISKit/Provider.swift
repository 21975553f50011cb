/// One enumeration of one integration: what a vendor writes.
///
/// The host calls `next` whenever it has room for requests, and `feed` with each answer, one call at a time. A provider
/// keeps its place in its own properties. It touches no network, file, clock, thread or random source.
public protocol Provider {
  /// Begins an enumeration, anew or at `opening.cursor`. No request may be asked for here.
  init(_ opening: Opening, _ output: inout Output) throws(ProviderError)

  /// Asks for up to `output.grant` requests.
  mutating func next(_ output: inout Output) throws(ProviderError) -> Step

  /// Takes the answer to one request, emits its records, and may ask for up to `output.grant` further requests.
  ///
  /// After throwing `.throttled`, `.transient` or `.protocol` the same request may be answered again, so such a call
  /// must leave the provider as it was.
  mutating func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step
}
