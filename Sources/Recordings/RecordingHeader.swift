import Foundation
import HostModel
import JSON5
import SyncCore

/// What a recorded run was: `recording.json`.
package struct RecordingHeader: Sendable {
  /// Of the Homeroom that recorded it.
  package var hostVersion: String
  package var provider: String
  package var providerVersion: String
  /// SHA-256 of the provider's file.
  package var providerDigest: String
  /// How the session was opened.
  package var opening: SessionOpening
  /// Pseudonyms stand in place of personal data.
  package var isRedacted: Bool
  /// The state in which the run ended; nil for one that was cut off.
  package var outcome: String?

  package init(
    hostVersion: String, provider: String, providerVersion: String, providerDigest: String,
    opening: SessionOpening, isRedacted: Bool = false, outcome: String? = nil
  ) {
    self.hostVersion = hostVersion
    self.provider = provider
    self.providerVersion = providerVersion
    self.providerDigest = providerDigest
    self.opening = opening
    self.isRedacted = isRedacted
    self.outcome = outcome
  }

  var json: JSONValue {
    .members([
      "recording": .number(RecordingLayout.version), "host": .string(hostVersion),
      "provider": .members([
        "id": .string(provider), "version": .string(providerVersion), "sha256": .string(providerDigest),
      ]),
      "mode": .string(opening.mode.rawValue),
      "options": .raw(String(decoding: opening.config, as: UTF8.self)),
      "maxInFlight": .number(opening.maxInFlight), "pageSize": .number(opening.pageSize),
      "now": .integer(opening.now.milliseconds),
      // As text: JSON readers round numbers of 64 bits.
      "seed": .string(String(opening.seed)),
      "cursor": opening.cursor.map(Self.json), "bookmark": opening.bookmark.map(Self.json),
      "redacted": .bool(isRedacted), "outcome": outcome.map(JSONValue.string),
    ])
  }

  private static func json(_ cursor: Cursor) -> JSONValue {
    .members([
      "version": .integer(Int64(cursor.version)), "base64": .string(Data(cursor.bytes).base64EncodedString()),
    ])
  }

  /// - Throws: `recording-broken`, `recording-version`.
  init(_ object: RecordingObject) throws(HostError) {
    let version = try object.integer("recording")
    guard version == RecordingLayout.version else {
      throw HostError(
        .dataValidation, "recording-version",
        "\(object.place): the recording has format version \(version); "
          + "this Homeroom reads \(RecordingLayout.version)",
        advice: "Use the Homeroom that made it, or make it again")
    }
    hostVersion = try object.text("host", default: "")
    guard let provider = try object.object("provider") else {
      throw RecordingLayout.broken(object.place, "provider is missing: an object with id and version")
    }
    self.provider = try provider.text("id")
    providerVersion = try provider.text("version", default: "")
    providerDigest = try provider.text("sha256", default: "")
    let mode = try object.text("mode", default: SyncMode.full.rawValue)
    guard let mode = SyncMode(rawValue: mode) else {
      throw RecordingLayout.broken(object.place, "mode must be full or delta, not \"\(mode)\"")
    }
    let seed = try object.text("seed", default: "0")
    guard let seed = UInt64(seed) else {
      throw RecordingLayout.broken(object.place, "seed must be a whole number as text, not \"\(seed)\"")
    }
    opening = SessionOpening(
      mode: mode, config: Array((try object.json("options") ?? "{}").utf8),
      cursor: try Self.cursor(object, "cursor"), bookmark: try Self.cursor(object, "bookmark"),
      maxInFlight: Int(try object.integer("maxInFlight", in: 1...64, default: 1)),
      pageSize: Int(try object.integer("pageSize", in: 0...1_000_000, default: 0)),
      now: HostInstant(milliseconds: try object.integer("now", in: 0...253_402_300_799_999, default: 0)),
      seed: seed)
    isRedacted = try object.flag("redacted", default: false)
    let outcome = try object.text("outcome", default: "")
    self.outcome = outcome.isEmpty ? nil : outcome
  }

  private static func cursor(_ object: RecordingObject, _ key: String) throws(HostError) -> Cursor? {
    guard let inner = try object.object(key) else { return nil }
    let version = try inner.integer("version", in: 0...Int64(UInt32.max))
    guard let bytes = Data(base64Encoded: try inner.text("base64")), bytes.count <= Cursor.maximumBytes else {
      throw RecordingLayout.broken(inner.place, "base64 is no base64 of at most \(Cursor.maximumBytes) bytes")
    }
    return Cursor(version: UInt32(version), bytes: Array(bytes))
  }
}
