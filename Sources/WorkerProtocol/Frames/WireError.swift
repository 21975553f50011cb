/// How a worker broke the protocol, as one sentence about it ("it sent ...").
package struct WireError: Error, Sendable, Equatable {
  package var sentence: String
  package init(_ sentence: String) { self.sentence = sentence }
}
