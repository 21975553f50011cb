import HostModel
import SQLiteStore
import SyncCore

/// What stands in the database, for people and scripts: read beside a running sync, or without one. It makes
/// no database and changes none.
package struct RosterView {
  /// Nil: there is no database yet.
  private let reader: RosterReader?
  private let path: String

  /// - Throws: a `HostError` where there is a file and it cannot be read.
  package init(_ config: HostConfig) throws(HostError) {
    path = config.database
    do { reader = try RosterReader(path: config.database) } catch {
      guard error.code == .notFound else { throw HostError(error) }
      reader = nil
    }
  }

  /// The last runs, newest first.
  package func runs(of integration: IntegrationID?, limit: Int) throws(HostError) -> [RunRecord] {
    do {
      return try reader?.runs(integration: integration?.rawValue, limit: limit).map { RunRecord($0) } ?? []
    } catch { throw HostError(error) }
  }

  /// - Throws: `run-unknown` where there is none of this number.
  package func run(_ id: RunID) throws(HostError) -> RunRecord {
    let found: RosterReader.Run?
    do { found = try reader?.run(id.rawValue) } catch { throw HostError(error) }
    guard let found else {
      throw HostError(
        .dataValidation, "run-unknown", "There is no run \(id) in \(path)",
        advice: "homeroom runs list shows those that there are")
    }
    return RunRecord(found)
  }

  /// Records that a run set aside, at most `limit`.
  package func rejected(_ id: RunID, limit: Int) throws(HostError) -> [RosterReader.Rejected] {
    do { return try reader?.rejected(run: id.rawValue, limit: limit) ?? [] } catch { throw HostError(error) }
  }

  package func status(of integration: IntegrationConfig) throws(HostError) -> IntegrationStatus {
    let last = try runs(of: integration.id, limit: 1).first
    let live: [RecordKind: Int]
    do { live = try reader?.counts(integration: integration.id.rawValue) ?? [:] } catch {
      throw HostError(error)
    }
    return IntegrationStatus(
      integration: integration.id,
      word: IntegrationStatus.word(isEnabled: integration.isEnabled, lastRun: last), lastRun: last, live: live
    )
  }

  /// Hands over the live roster as lines with their line feed (docs/canonical-model.md), many at a time,
  /// sorted by kind and sourcedId, from one snapshot.
  ///
  /// - Throws: what `write` threw, or why the database cannot be read.
  package func export(
    _ selection: ExportSelection, write: ([UInt8]) throws(HostError) -> Void
  ) throws(HostError) {
    guard let reader else {
      throw HostError(
        .storage, "storage-not-found", "There is no database \(path) yet", advice: "homeroom sync makes it")
    }
    var failure: HostError?
    do {
      try reader.export(integration: selection.integration?.rawValue, kinds: selection.kinds) { bytes in
        do throws(HostError) {
          try write(bytes)
          return true
        } catch {
          failure = error
          return false
        }
      }
    } catch { throw HostError(error) }
    if let failure { throw failure }
  }
}
