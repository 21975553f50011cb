import Foundation
import HostModel

/// What a provider says of itself, read without running its code. Unknown members are ignored: a newer minor version may
/// add some.
package struct ProviderManifest: Sendable, Decodable {
  package struct ABI: Sendable, Decodable {
    package var major: Int
    package var minor: Int
  }

  package struct RateLimit: Sendable, Decodable {
    package var perMinute: Int
    package var minIntervalMilliseconds: Int?
  }

  package struct Authentication: Sendable, Decodable {
    package var scheme: String
    /// With `{baseURL}` where the integration's base URL goes.
    package var tokenURL: String?
    /// `basic` or `post`.
    package var clientAuthentication: String?
    package var scope: String?
  }

  /// A vendor's field that the canonical model lacks.
  package struct Extension: Sendable, Decodable {
    package var kind: String
    package var name: String
    /// text, boolean, integer, date, date-time
    package var type: String
    package var description: String?
  }

  package var manifest: Int
  package var id: String
  package var name: String
  package var version: String
  package var abi: ABI
  package var cursorVersion: Int
  package var kinds: [String]
  package var modes: [String]
  package var rateLimit: RateLimit
  package var maxInFlight: Int
  package var auth: [Authentication]
  package var allowedHosts: [String]
  package var config: ConfigSchema
  /// Nil: any extension field is kept, as text.
  package var extensions: [Extension]?

  /// - Throws: `provider-bad-manifest`.
  init(_ json: [UInt8], file: String) throws(HostError) {
    func refuse(_ found: String) -> HostError {
      ProviderRefusal.error(
        "provider-bad-manifest", file, "its manifest \(found)", advice: "Correct it after plugin-sdk/README.md, \"Manifest\"")
    }
    do { self = try JSONDecoder().decode(Self.self, from: Data(json)) } catch let error as DecodingError {
      throw refuse(Self.words(error))
    } catch { throw refuse("cannot be read: \(error)") }
    guard manifest == 1 else { throw refuse("has version \(manifest); this host reads version 1") }
    guard Identifier.isValid(id) else {
      throw refuse("has the id \"\(id.prefix(80))\"; an id is 1 to 64 of a-z, 0-9 and -")
    }
    guard version.utf8.count <= 32, !version.isEmpty else { throw refuse("has no version of 1 to 32 characters") }
    guard (1...1_000_000).contains(rateLimit.perMinute) else {
      throw refuse("has rateLimit.perMinute \(rateLimit.perMinute); it is 1 to 1000000")
    }
    guard (1...64).contains(maxInFlight) else { throw refuse("has maxInFlight \(maxInFlight); it is 1 to 64") }
    if let unknown = kinds.first(where: { RecordKind(name: $0) == nil }) {
      throw refuse("names the kind \"\(unknown)\", which this host does not know")
    }
    for field in extensions ?? [] {
      guard RecordKind(name: field.kind) != nil, ExtensionRules.form(field.type) != nil,
        (1...128).contains(field.name.utf8.count)
      else {
        throw refuse(
          "declares the extension field \"\(field.name.prefix(80))\" of kind \"\(field.kind.prefix(40))\" and type "
            + "\"\(field.type.prefix(40))\"; a kind is one of SIS_KIND_..., a type one of \(ExtensionRules.types.joined(separator: ", "))")
      }
    }
    guard !auth.isEmpty else { throw refuse("names no auth scheme; \"none\" is one") }
  }

  private static func words(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.reduce("") { path, key in
        key.intValue.map { "\(path)[\($0)]" }
          ?? (path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)")
      }
    }
    return switch error {
    case .keyNotFound(let key, let context):
      "lacks \"\(key.stringValue)\"" + (context.codingPath.isEmpty ? "" : " in \(path(context))")
    case .typeMismatch(_, let context), .valueNotFound(_, let context): "has a wrong type at \(path(context))"
    case .dataCorrupted(let context): "is not sound JSON: \(context.debugDescription)"
    @unknown default: "cannot be read"
    }
  }
}
