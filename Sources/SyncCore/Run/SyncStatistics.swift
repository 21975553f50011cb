import HostModel

/// What a run has done so far, for progress and the report.
package struct SyncStatistics: Sendable, Equatable {
  package var pages = 0
  package var requests = 0
  package var retries = 0
  package var received = 0
  package var rejected = 0
  package var wireBytes = 0
  /// How often the provider died and its session was opened anew.
  package var crashes = 0
  package var notes: [ProviderNote] = []
  /// Notes beyond this many are counted, not kept.
  package static let maximumNotes = 100
  package var notesDropped = 0
  package init() {}

  mutating func add(_ new: [ProviderNote]) {
    for note in new {
      if notes.contains(note) { continue }
      if notes.count < Self.maximumNotes { notes.append(note) } else { notesDropped += 1 }
    }
  }
}
