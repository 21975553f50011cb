import Foundation
import OAuthCore

extension TokenMembers {
  /// The members of a JSON object; nil if the bytes are anything else. A byte order mark and an odd
  /// Content-Type are tolerated if the JSON is good (security.md A.2 35).
  init?(json: [UInt8]) {
    let bytes = json.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(json.dropFirst(3)) : json
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { return nil }
    self.init(
      accessToken: Self.scalar(object["access_token"]), tokenType: Self.scalar(object["token_type"]),
      expiresIn: Self.scalar(object["expires_in"]), error: Self.scalar(object["error"]))
  }

  private static func scalar(_ value: Any?) -> Scalar? {
    switch value {
    case nil: nil
    case let text as String: .string(text)
    case is Bool: .other
    case let number as NSNumber: .number(number.doubleValue)
    default: .other
    }
  }
}
