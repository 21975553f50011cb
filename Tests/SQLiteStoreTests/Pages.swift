import HostModel
import SyncCore

/// A record as a test writes it: its kind, its id, and what its canonical object holds besides.
struct Sample: Equatable {
  var kind: RecordKind
  var id: String
  var members: String

  init(_ kind: RecordKind, _ id: String, _ members: String = "") {
    self.kind = kind
    self.id = id
    self.members = members
  }

  var json: String { "{\"sourcedId\":\"\(id)\"\(members.isEmpty ? "" : "," + members)}" }
  var line: String { "{\"kind\":\"\(kind.name)\",\(json.dropFirst())\n" }

  /// FNV-1a over the canonical bytes, twice with other bases: as good as any digest for a test.
  var digest: RecordDigest {
    func hash(_ basis: UInt64) -> UInt64 { json.utf8.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
    return RecordDigest(high: hash(0xCBF2_9CE4_8422_2325), low: hash(0x9AE1_6A3B_2F90_404F))
  }
}

extension RecordBatch {
  init(_ samples: [Sample]) {
    self.init()
    for sample in samples {
      let idOffset = bytes.count
      bytes += Array(sample.id.utf8)
      let offset = bytes.count
      bytes += Array(sample.json.utf8)
      entries.append(
        Entry(
          kind: sample.kind, offset: offset, length: bytes.count - offset, idOffset: idOffset,
          idLength: offset - idOffset, digest: sample.digest))
    }
  }
}

extension StagedPage {
  /// - Parameter cursor: where a resumed run goes on from.
  init(
    _ samples: [Sample], rejects: [RecordReject] = [], ends: [StreamEnd] = [], cursor: String? = nil,
    bookmark: String? = nil, now: HostInstant = .start
  ) {
    self.init(
      batch: RecordBatch(samples), rejects: rejects, ends: ends,
      resume: cursor.map { Cursor(version: 1, bytes: Array($0.utf8)) },
      bookmark: bookmark.map { Cursor(version: 7, bytes: Array($0.utf8)) }, resource: "users", now: now)
  }
}

extension StreamEnd {
  static func complete(_ kind: RecordKind, _ scope: [Condition] = []) -> StreamEnd {
    StreamEnd(kind: kind, complete: true, scope: scope)
  }

  static func partial(_ kind: RecordKind, _ scope: [Condition] = []) -> StreamEnd {
    StreamEnd(kind: kind, complete: false, scope: scope)
  }
}

extension StreamEnd.Condition {
  static func school(_ id: String) -> StreamEnd.Condition { .init(field: 46, value: id) }
}

extension RecordReject {
  static func user(_ id: String) -> RecordReject {
    RecordReject(kind: .user, sourcedID: id, field: "birthDate", reason: "its birthDate is no date")
  }
}

extension RunRequest {
  static func full(
    _ integration: String = "oak", provider: String = "powerschool", mode: SyncMode = .full,
    dryRun: Bool = false,
    startsAnew: Bool = false, now: HostInstant = .start
  ) -> RunRequest {
    RunRequest(
      integration: IntegrationID(rawValue: integration), provider: ProviderID(rawValue: provider),
      providerVersion: "1.0.0", mode: mode, isDryRun: dryRun, startsAnew: startsAnew, now: now)
  }
}

/// Users with ids from a range, all alike but for their ids and `word`.
func users(_ ids: some Sequence<Int>, _ word: String = "a") -> [Sample] {
  ids.map { Sample(.user, String($0), "\"name\":\"\(word)\"") }
}
