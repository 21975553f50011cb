import CSISPlugin
import HostModel
import ProviderRuntime
import SyncCore

/// What a check works with.
package final class CheckContext: Sendable {
  /// The provider's file.
  package let file: String
  package let recordings: [LoadedRecording]
  /// For whatever is drawn by lot.
  package let seed: UInt64
  /// How many rounds the fuzzer plays.
  package let iterations: Int
  /// Play this one round of the fuzzer only.
  package let reproduces: UInt64?
  /// Try every place instead of a selection of them.
  package let isThorough: Bool
  package let trace: CallTrace

  package init(
    file: String, recordings: [LoadedRecording], seed: UInt64 = 1, iterations: Int = 1_000,
    reproduces: UInt64? = nil,
    isThorough: Bool = false, trace: CallTrace = CallTrace()
  ) {
    self.file = file
    self.recordings = recordings
    self.seed = seed
    self.iterations = iterations
    self.reproduces = reproduces
    self.isThorough = isThorough
    self.trace = trace
  }

  /// The library, loaded into this process.
  func subject() throws(CheckFailure) -> Subject { try Subject(file, trace: trace) }

  /// What the manifest says, without loading.
  func inspection() throws(CheckFailure) -> ProviderLibrary.Inspection {
    do throws(HostError) { return try ProviderLibrary.inspect(file, trust: .notConfigured) } catch {
      throw CheckFailure(error.message)
    }
  }

  /// How a session may be opened: as in the recordings, or with the manifest's defaults.
  ///
  /// - Returns: nil with the reason where there are no recordings, and options without a default.
  func openings() throws(CheckFailure) -> (openings: [SessionOpening], lacks: String?) {
    guard recordings.isEmpty else { return (recordings.map(\.opening), nil) }
    let manifest = try inspection().manifest
    let (options, problems) = manifest.config.validate([:])
    guard problems.isEmpty else {
      let names = problems.map(\.option).joined(separator: ", ")
      return ([], "no recording, and the options \(names) have no default")
    }
    return (
      [
        SessionOpening(
          mode: manifest.modes.contains(SyncMode.full.rawValue) ? .full : .delta, config: options,
          maxInFlight: manifest.maxInFlight, now: HostInstant(milliseconds: 1_795_000_000_000), seed: seed)
      ], nil
    )
  }

  /// At most so many of them, the first and the last among these, the rest evenly spread; all where the
  /// tool is to be thorough.
  func selection<Element>(_ all: [Element], most: Int) -> [Element] {
    guard !isThorough, all.count > most, most > 1 else { return all }
    return (0..<most).map { all[$0 * (all.count - 1) / (most - 1)] }
  }
}
