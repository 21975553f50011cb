import HostModel

struct FlippedBodyCheck: Check {
  let name = "flipped-body"
  let proves = "a body with wrong bits does no harm"
  let needs = CheckNeeds.recording

  private static let rounds = 40

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    var random = SplitMix64(seed: context.seed)
    let seeds = (0..<Self.rounds).map { _ in random.next() }
    let count = try HostileAnswers(context: context) { _, response in
      guard !response.body.isEmpty else { return [] }
      return seeds.enumerated().map { index, seed in
        var random = SplitMix64(seed: seed)
        var flipped = response
        for _ in 0...index % 8 {
          let place = Int.random(in: flipped.body.indices, using: &random)
          flipped.body[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        return ("a body with \(index % 8 + 1) flipped bits (round \(index))", flipped)
      }
    }.run()
    return "\(count) answers"
  }
}
