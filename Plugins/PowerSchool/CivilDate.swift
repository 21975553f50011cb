import SISKit

/// Dates as PowerSchool writes them, `YYYY-MM-DD`.
enum CivilDate {
  /// The day before a date: PowerSchool's exit dates are the day after the last one (PS-Q17). What is no date is left
  /// as it is, for the host to refuse with its reason.
  static func dayBefore(_ text: [UInt8]) -> [UInt8] {
    guard let (year, month, day) = parse(text) else { return text }
    if day > 1 { return write(year, month, day - 1, to: text) }
    if month > 1 { return write(year, month - 1, days(in: month - 1, of: year), to: text) }
    return write(year - 1, 12, 31, to: text)
  }

  private static func parse(_ text: [UInt8]) -> (Int, Int, Int)? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    guard let year = number(text[0..<4]), let month = number(text[5..<7]), let day = number(text[8..<10]) else { return nil }
    guard (1...12).contains(month), day >= 1, day <= days(in: month, of: year), year >= 1 else { return nil }
    return (year, month, day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func write(_ year: Int, _ month: Int, _ day: Int, to text: [UInt8]) -> [UInt8] {
    var text = text
    func set(_ value: Int, _ places: Range<Int>) {
      var rest = value
      for place in places.reversed() {
        text[place] = 0x30 + UInt8(rest % 10)
        rest /= 10
      }
    }
    set(year, 0..<4)
    set(month, 5..<7)
    set(day, 8..<10)
    return text
  }
}

extension Record {
  /// Adds a first day and the last day before `exit`. A last day before the first, of one who never attended, is left
  /// out.
  mutating func addDays(
    _ begin: Field, _ entry: JSONText?, _ end: Field, exit: JSONText?, of reader: borrowing JSONReader, group: UInt32 = 0
  ) {
    add(begin, entry, of: reader, group: group)
    guard let exit else { return }
    var (first, last): ([UInt8], [UInt8]) = ([], [])
    reader.append(exit, to: &last)
    last = CivilDate.dayBefore(last)
    if let entry { reader.append(entry, to: &first) }
    guard !last.lexicographicallyPrecedes(first) else { return }
    add(end, last, group: group)
  }
}
