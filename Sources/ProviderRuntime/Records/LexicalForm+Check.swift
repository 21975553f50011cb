import HostModel

extension LexicalForm {
  /// Why `bytes` are not of this form, as the end of a sentence; nil if they are. The forms are those of
  /// `sis_plugin.h`, "Fields".
  func objection(to bytes: UnsafeRawBufferPointer) -> StaticString? {
    switch self {
    case .text:
      guard bytes.count <= 65_536 else { return "is longer than 65,536 bytes" }
      return CanonicalText.isText(bytes, noByteBelow: 1) ? nil : "is not UTF-8 text without NUL"
    case .id:
      guard bytes.count <= 255 else { return "is longer than 255 bytes" }
      return CanonicalText.isText(bytes, noByteBelow: 0x20) && !bytes.contains(0x7F)
        ? nil : "is not an id: UTF-8 without control characters"
    case .word:
      guard bytes.count <= 64 else { return "is longer than 64 bytes" }
      return bytes.allSatisfy(Self.isWordByte) ? nil : "is not a word of A-Z a-z 0-9 . _ : -"
    case .boolean:
      return Self.equals(bytes, "true") || Self.equals(bytes, "false") ? nil : "is neither true nor false"
    case .integer: return Self.isInteger(bytes) ? nil : "is not an integer of at most 18 digits"
    case .date: return bytes.count == 10 && Self.isDate(bytes) ? nil : "is not a date YYYY-MM-DD"
    case .dateTime: return Self.isDateTime(bytes) ? nil : "is not a date-time YYYY-MM-DDThh:mm:ss[.fff]Z"
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  static func equals(_ bytes: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    guard bytes.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] != word.utf8Start[index] { return false }
    return true
  }

  private static func isInteger(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes[...]
    guard (1...18).contains(digits.count), digits.allSatisfy(isDigit), let first = digits.first else { return false }
    return first != UInt8(ascii: "0") || (digits.count == 1 && !isNegative)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// The number in two or four digits from `index` on; nil if they are none.
  private static func number(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ width: Int) -> Int? {
    var value = 0
    for place in index..<index + width {
      guard isDigit(bytes[place]) else { return nil }
      value = value * 10 + Int(bytes[place] - 0x30)
    }
    return value
  }

  /// The first ten bytes, a real day of the Gregorian calendar.
  private static func isDate(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes, 0, 4),
      let month = number(bytes, 5, 2), let day = number(bytes, 8, 2)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days =
      switch month {
      case 1, 3, 5, 7, 8, 10, 12: 31
      case 4, 6, 9, 11: 30
      case 2: isLeap ? 29 : 28
      default: 0
      }
    return day >= 1 && day <= days
  }

  private static func isDateTime(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 20 || bytes.count == 24, isDate(bytes), bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), bytes.last == UInt8(ascii: "Z"),
      let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2)
    else { return false }
    guard hour < 24, minute < 60, second < 61 else { return false }
    return bytes.count == 20 || (bytes[19] == UInt8(ascii: ".") && number(bytes, 20, 3) != nil)
  }
}
