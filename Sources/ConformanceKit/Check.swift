/// One promise of the contract, tried on a provider's file.
///
/// A check looks for one thing only: what another one is for it does not judge, so that a provider with one
/// fault fails one check.
package protocol Check: Sendable {
  /// The word that `--only` takes.
  var name: String { get }
  /// What a provider that passes has proved, as a sentence without its full stop.
  var proves: String { get }
  /// What it cannot do without.
  var needs: CheckNeeds { get }
  /// In how many processes it runs: every one must come to the same evidence.
  var processes: Int { get }
  /// How often it is tried in a new process until it passes: for what depends on the machine's mood.
  var attempts: Int { get }

  /// - Returns: what was done, in a few words, and the evidence.
  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport
}

extension Check {
  package var processes: Int { 1 }
  package var attempts: Int { 1 }
}

/// What a check that passed has to say.
package struct CheckReport: Sendable, ExpressibleByStringInterpolation {
  package var summary: String
  package var evidence: [String] = []
  /// Why it could not be run after all.
  package var notRun: String?

  package init(stringLiteral summary: String) { self.summary = summary }
  package init(_ summary: String, evidence: [String] = [], notRun: String? = nil) {
    self.summary = summary
    self.evidence = evidence
    self.notRun = notRun
  }
}

package enum CheckNeeds: Sendable {
  case file
  /// Options with which a session can be opened: of a recording, or the manifest's defaults.
  case session
  case recording
}

/// Every check, in the order in which they run: what is cheap and what others build on comes first.
package enum Checks {
  package static let all: [any Check] = [
    LintCheck(), LoadCheck(), ScanTimeCheck(), EntryMajorsCheck(), UnknownExtensionCheck(),
    ContractCheck(), ReplayTwiceCheck(), LargerStructsCheck(), SmallerStructsCheck(),
    CursorMovesCheck(), ResumeCheck(), ForeignCursorCheck(), ResponseOrderCheck(), DeadlineCheck(),
    EmptyBodyCheck(), CutBodyCheck(), FlippedBodyCheck(), HugeBodyCheck(), OddStatusCheck(),
    RefusingSinkCheck(), OpenCloseCheck(), FuzzCheck(),
  ]
}
