import HostModel

/// What a text looks like, which decides what takes its place.
enum ValueForm: Equatable {
  case blank
  /// `2025-08-11`, also with a time behind it; `8/11/2025`
  case date(CivilDay, style: DateStyle)
  /// Nothing but digits.
  case digits
  case email
  case url
  case uuid
  /// Digits with the signs of a phone number, at least seven of them.
  case phone
  /// Letters and digits without a space: `S4001`, `jsmith12`.
  case token
  case text

  enum DateStyle: Equatable {
    /// How many characters stand behind the date.
    case iso(rest: Int)
    case slashes(padded: Bool)
  }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
      self = .blank
    } else if let (day, style) = Self.date(bytes) {
      self = .date(day, style: style)
    } else if bytes.allSatisfy(Self.isDigit) {
      self = .digits
    } else {
      let word = bytes.contains { $0 <= 0x20 } ? nil : Self.word(text, bytes)
      let isPhone =
        bytes.count(where: Self.isDigit) >= 7
        && bytes.allSatisfy { Self.isDigit($0) || Self.phoneSigns.contains($0) }
      self = word ?? (isPhone ? .phone : Self.isToken(bytes) ? .token : .text)
    }
  }

  /// The forms that have no space in them.
  private static func word(_ text: String, _ bytes: [UInt8]) -> ValueForm? {
    if text.hasPrefix("http://") || text.hasPrefix("https://") { return .url }
    if let at = bytes.firstIndex(of: 0x40), at > 0, at < bytes.count - 1 { return .email }
    return isUUID(bytes) ? .uuid : nil
  }

  private static func isToken(_ bytes: [UInt8]) -> Bool {
    bytes.contains(where: isDigit) && bytes.contains(where: isLetter)
      && bytes.allSatisfy { isDigit($0) || isLetter($0) || tokenSigns.contains($0) }
  }

  private static let phoneSigns: Set<UInt8> = Set("+-(). /".utf8)
  private static let tokenSigns: Set<UInt8> = Set("._:-".utf8)
  private static let timeSigns: Set<UInt8> = Set("T:.Z+- ".utf8)

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

  private static func isUUID(_ bytes: [UInt8]) -> Bool {
    bytes.count == 36
      && bytes.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index)
          ? byte == 0x2D : isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
      }
  }

  private static func date(_ bytes: [UInt8]) -> (CivilDay, DateStyle)? {
    if bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      bytes.count == 10 || [0x54, 0x20].contains(bytes[10]),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
    {
      let civil = CivilDay(year: year, month: month, day: day)
      let isTime = bytes.dropFirst(10).allSatisfy { isDigit($0) || timeSigns.contains($0) }
      return civil.isReal && isTime ? (civil, .iso(rest: bytes.count - 10)) : nil
    }
    let parts = bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2,
      let month = number(parts[0]), let day = number(parts[1]), let year = number(parts[2])
    else { return nil }
    let civil = CivilDay(year: year, month: month, day: day)
    return civil.isReal ? (civil, .slashes(padded: parts[0].count == 2 && parts[1].count == 2)) : nil
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }
}
