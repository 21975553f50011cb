/// One signature with the key that made it. The key is there so that a change can be told from a stranger's signature
/// without knowing the stranger; who may be trusted is the trust folder's business alone.
struct Signature: Sendable, Equatable {
  var key: PublicKey
  var bytes: [UInt8]
}
