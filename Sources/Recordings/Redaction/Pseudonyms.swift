import Foundation
import HostModel

/// Puts pseudonyms in the place of values: the same value always becomes the same pseudonym, different ones
/// stay different, and the form stays: digits stay digits, dates stay dates, an e-mail address stays one.
///
/// The answers of a run come before what the provider makes of them. So a request is rewritten by what was
/// replaced in earlier answers: a word that the provider knows by itself stays.
struct Pseudonyms {
  /// Where a value stands.
  enum Direction {
    /// In an answer: everything is replaced that is not structural.
    case received
    /// In a request: what looks like an id, and what was replaced in an earlier answer.
    case sent
  }

  private let key: RedactionKey
  private let scramble: Scramble
  /// By how many days every date is moved: whole weeks, so that a school day stays one.
  let shiftedDays: Int64
  /// Hashes of the single words that were replaced.
  private var replaced: Set<Int> = []

  init(key: RedactionKey) {
    self.key = key
    scramble = Scramble(key: key)
    let bits = key.digest("days", []).prefix(2).reduce(0) { $0 << 8 | Int64($1) }
    // One to 104 weeks, back or forth.
    shiftedDays = (1 + bits / 2 % 104) * 7 * (bits % 2 == 0 ? 1 : -1)
  }

  // MARK: - Values

  /// - Parameter name: the words of the member or column that holds it.
  mutating func replace(text: String, of name: [String], _ direction: Direction) -> String {
    let core = text.drop(while: \.isWhitespace)
    let start = text.prefix(text.count - core.count)
    guard let last = core.lastIndex(where: { !$0.isWhitespace }) else { return text }
    let value = String(core[...last])
    let end = core[core.index(after: last)...]
    if direction == .sent, StructuralRules.isFigure(name) { return text }
    return start + (direction == .received ? received(value, name) : sent(value)) + end
  }

  /// - Parameter number: as JSON writes one.
  mutating func replace(number: String, of name: [String]) -> String {
    let isNegative = number.hasPrefix("-")
    let digits = isNegative ? String(number.dropFirst()) : number
    guard digits.utf8.allSatisfy(ValueForm.isDigit) else { return self.digits(of: number) }
    if StructuralRules.isFigure(name), digits.utf8.count <= 9 { return number }
    if StructuralRules.isYear(name), isYear(digits) { return number }
    remember(digits)
    return (isNegative ? "-" : "") + id(digits)
  }

  private mutating func received(_ value: String, _ name: [String]) -> String {
    // A single letter or digit is a code.
    if value.utf8.count == 1 || StructuralRules.isWord(value) || StructuralRules.isInterface(name) {
      return value
    }
    if StructuralRules.saysKind(name), value.utf8.count <= 32,
      value.utf8.allSatisfy({ ValueForm.isLetter($0) || $0 == 0x5F || $0 == 0x2D })
    {
      return value
    }
    let form = ValueForm(value)
    if form == .digits {
      if StructuralRules.isYear(name), isYear(value) { return value }
      if StructuralRules.isFigure(name), value.utf8.count <= 9 { return value }
    }
    let pseudonym = pseudonym(of: value, form)
    if pseudonym != value, !value.contains(where: \.isWhitespace) { remember(value) }
    return pseudonym
  }

  private func sent(_ value: String) -> String { sentWhole(value) ?? sentWords(value) }

  /// The pseudonym of a value of a request that is one as a whole; nil if it is not.
  private func sentWhole(_ value: String) -> String? {
    let form = ValueForm(value)
    switch form {
    case .blank: return value
    case .date, .digits, .email, .url, .uuid: return pseudonym(of: value, form)
    case .phone, .token, .text: return wasReplaced(value) ? pseudonym(of: value, form) : nil
    }
  }

  /// Each word by itself, as in `schoolId=='4001'`. What is percent-encoded stays.
  private func sentWords(_ text: String) -> String {
    var (out, word) = ("", "")
    var rest = text[...]
    while let character = rest.popFirst() {
      if character.isLetter || character.isNumber || character == "-" || character == "_" {
        word.append(character)
        continue
      }
      out += sentWord(word)
      word = ""
      out.append(character)
      if character == "%" {
        out += rest.prefix(2)
        rest = rest.dropFirst(2)
      }
    }
    return out + sentWord(word)
  }

  private func sentWord(_ word: String) -> String {
    let form = ValueForm(word)
    return switch form {
    case .date, .digits, .uuid: pseudonym(of: word, form)
    case .token, .text, .phone: wasReplaced(word) ? pseudonym(of: word, form) : word
    case .blank, .email, .url: word
    }
  }

  private mutating func remember(_ value: String) { replaced.insert(value.hashValue) }
  private func wasReplaced(_ value: String) -> Bool { replaced.contains(value.hashValue) }
  private func isYear(_ digits: String) -> Bool { Int(digits).map((1900...2200).contains) ?? false }

  // MARK: - Forms

  private func pseudonym(of value: String, _ form: ValueForm) -> String {
    switch form {
    case .blank: value
    case .date(let day, let style): moved(day, style, value)
    case .digits: id(value)
    case .email: word("mail", value, 12) + "@" + word("host", host(ofMail: value), 10) + ".invalid"
    case .url: url(value)
    case .uuid: uuid(value)
    case .phone: digits(of: value)
    case .token: "x" + word("token", value, 15)
    case .text: shape(value)
    }
  }

  private func host(ofMail value: String) -> String {
    value.lastIndex(of: "@").map { value[value.index(after: $0)...].lowercased() } ?? ""
  }

  /// Letters and digits that depend on the value: five bits each.
  private func word(_ purpose: String, _ value: String, _ length: Int) -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
    return String(
      decoding: key.digest(purpose, value.utf8).prefix(length).map { letters[Int($0 % 32)] }, as: UTF8.self)
  }

  private func uuid(_ value: String) -> String {
    var digits = RedactionKey.hex(key.digest("uuid", value.lowercased().utf8)).makeIterator()
    let small = String(value.map { $0 == "-" ? $0 : digits.next() ?? "0" })
    return value.contains(where: \.isUppercase) ? small.uppercased() : small
  }

  private func moved(_ day: CivilDay, _ style: ValueForm.DateStyle, _ value: String) -> String {
    let day = CivilDay(daysSince1970: day.daysSince1970 + shiftedDays)
    func padded(_ number: Int64, _ width: Int) -> String {
      let text = String(max(number, 0))
      return String(repeating: "0", count: max(width - text.count, 0)) + text
    }
    switch style {
    case .iso(let rest):
      return padded(day.year, 4) + "-" + padded(day.month, 2) + "-" + padded(day.day, 2) + value.suffix(rest)
    case .slashes(let isPadded):
      let width = isPadded ? 2 : 1
      return padded(day.month, width) + "/" + padded(day.day, width) + "/" + padded(day.year, 4)
    }
  }

  /// Three and more digits become fifteen, so that no pseudonym is another id of the district; longer ones
  /// keep their length. Fewer are a code, a grade, an order.
  private func id(_ digits: String) -> String {
    let values = digits.utf8.map { Int($0) - 0x30 }
    switch values.count {
    case ..<3: return digits
    case 3...13:
      let tag = values.count + 10
      let padding = [Int](repeating: 0, count: 13 - values.count)
      return scrambledDigits([tag / 10, tag % 10] + padding + values)
    default: return scrambledDigits(values)
    }
  }

  /// Keeps whether the first digit is zero: a number may not begin with one.
  private func scrambledDigits(_ values: [Int]) -> String {
    let radices = [Int](repeating: 10, count: values.count)
    var result = values
    repeat { result = scramble(result, radices: radices) } while (result.first == 0) != (values.first == 0)
    return result.map(String.init).joined()
  }

  /// Other digits in the same places; all else stays.
  private func digits(of value: String) -> String {
    let digits = scrambledDigits(value.utf8.filter(ValueForm.isDigit).map { Int($0) - 0x30 })
    var next = digits.makeIterator()
    return String(value.map { $0.isASCII && $0.isNumber ? next.next() ?? $0 : $0 })
  }

  /// Other letters and digits of the same kind in the same places; all else stays.
  private func shape(_ value: String) -> String {
    let scalars = Array(value.unicodeScalars)
    let classes = scalars.map(ScalarClass.of)
    let places = classes.indices.filter { classes[$0] != nil }
    let indices = places.map { classes[$0]?.index(of: scalars[$0]) ?? 0 }
    let values = scramble(indices, radices: places.map { classes[$0]?.radix ?? 2 })
    var out = String.UnicodeScalarView(scalars)
    out.removeAll()
    var next = values.makeIterator()
    for (scalar, scalarClass) in zip(scalars, classes) {
      out.append(scalarClass.flatMap { found in next.next().map(found.scalar) } ?? scalar)
    }
    return String(out)
  }

  // MARK: - Targets

  private func url(_ value: String) -> String {
    guard let slashes = value.range(of: "://") else { return shape(value) }
    let rest = value[slashes.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let host = authority.split(separator: "@").last ?? ""
    return value[..<slashes.upperBound] + word("host", host.lowercased(), 10) + ".invalid"
      + target(String(rest[authority.endIndex...]))
  }

  /// A request's target: its path's parts and its query's values.
  func target(_ target: String) -> String {
    if target.hasPrefix("http://") || target.hasPrefix("https://") { return url(target) }
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = halves[0].split(separator: "/", omittingEmptySubsequences: false).map { part(String($0)) }
      .joined(separator: "/")
    guard halves.count == 2 else { return path }
    let query = halves[1].split(separator: "&", omittingEmptySubsequences: false).map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else { return part(String(pair)) }
      let isFigure = StructuralRules.isFigure(StructuralRules.words(of: sides[0]))
      return sides[0] + "=" + (isFigure ? sides[1] : part(sides[1]))
    }
    return path + "?" + query.joined(separator: "&")
  }

  private func part(_ text: String) -> String {
    guard text.contains("%"), let plain = text.removingPercentEncoding else { return sent(text) }
    guard let whole = sentWhole(plain) else { return sentWords(text) }
    return whole.addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? whole
  }

  /// RFC 3986, section 2.3.
  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
