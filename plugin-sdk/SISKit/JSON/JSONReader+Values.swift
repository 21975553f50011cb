/// Numbers, words, and values that do not matter.
extension JSONReader {
  /// Reads a number and answers its text as it is written.
  @inlinable public mutating func number() throws(JSONError) -> JSONText {
    skipSpace()
    let start = at
    guard at < count else { throw fail(.unexpectedEnd) }
    if byte(at) == UInt8(ascii: "-") { at += 1 }
    guard at < count else { throw fail(.unexpectedEnd) }
    if byte(at) == UInt8(ascii: "0") {
      at += 1
      if at < count, byte(at) >= 0x30, byte(at) <= 0x39 { throw fail(.badNumber, at: start) }
    } else {
      guard digits() else {
        if at == start {
          _ = try peek()
          throw fail(.wrongKind)
        }
        throw fail(.badNumber, at: start)
      }
    }
    if at < count, byte(at) == UInt8(ascii: ".") {
      at += 1
      guard digits() else { throw at < count ? fail(.badNumber, at: start) : fail(.unexpectedEnd) }
    }
    if at < count, byte(at) | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < count, byte(at) == UInt8(ascii: "+") || byte(at) == UInt8(ascii: "-") { at += 1 }
      guard digits() else { throw at < count ? fail(.badNumber, at: start) : fail(.unexpectedEnd) }
    }
    return JSONText(start: start, count: at - start, hasEscapes: false)
  }

  /// Steps over digits; false if there is none.
  @inlinable @inline(__always) mutating func digits() -> Bool {
    let start = at
    while at < count, byte(at) >= 0x30, byte(at) <= 0x39 { at += 1 }
    return at > start
  }

  /// Reads an integer. A fraction or an exponent is out of range, even where its value is whole: SIS ids that come
  /// as `1e3` are a bug of the source, and better seen.
  public mutating func integer() throws(JSONError) -> Int64 {
    let text = try number()
    guard let value = integer(of: text) else { throw fail(.outOfRange, at: text.start) }
    return value
  }

  /// The integer that `text` writes in decimal digits, with or without a minus sign; nil for anything else. For
  /// sources that send numbers as strings too.
  @inlinable public func integer(of text: JSONText) -> Int64? {
    guard text.count > 0, text.end <= count else { return nil }
    let isNegative = byte(text.start) == UInt8(ascii: "-")
    var index = isNegative ? text.start + 1 : text.start
    guard index < text.end else { return nil }
    var value: Int64 = 0
    while index < text.end {
      let digit = byte(index)
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      // Down from zero, so that Int64.min can be said.
      let (sum, overflow2) = product.subtractingReportingOverflow(Int64(digit &- 0x30))
      guard !overflow, !overflow2 else { return nil }
      value = sum
      index += 1
    }
    guard !isNegative else { return value }
    let (negated, overflow) = Int64(0).subtractingReportingOverflow(value)
    return overflow ? nil : negated
  }

  /// Reads `true` or `false`.
  @inlinable public mutating func boolean() throws(JSONError) -> Bool {
    guard try peek() == .boolean else { throw fail(.wrongKind) }
    let isTrue = byte(at) == UInt8(ascii: "t")
    try word(isTrue ? "true" : "false")
    return isTrue
  }

  /// Steps over `null` if it stands next.
  @inlinable public mutating func takeNull() throws(JSONError) -> Bool {
    guard try peek() == .null else { return false }
    try word("null")
    return true
  }

  @inlinable mutating func word(_ word: StaticString) throws(JSONError) {
    let pointer = word.utf8Start
    for index in 0..<word.utf8CodeUnitCount {
      guard at < count else { throw fail(.unexpectedEnd) }
      guard byte(at) == pointer[index] else { throw unexpected() }
      at += 1
    }
  }

  /// Reads a string, number or boolean as its text, trimmed; null and empty text are nil. Sources are not of one mind
  /// whether an id is a number or a string.
  ///
  /// - Throws: `wrongKind` for an object or an array.
  @inlinable public mutating func scalar() throws(JSONError) -> JSONText? {
    switch try peek() {
    case .string:
      let text = trimmed(try string())
      return text.isEmpty ? nil : text
    case .number: return try number()
    case .boolean:
      let start = at
      _ = try boolean()
      return JSONText(start: start, count: at - start, hasEscapes: false)
    case .null:
      _ = try takeNull()
      return nil
    case .object, .array: throw fail(.wrongKind)
    }
  }

  /// Steps over one value of any kind, proving that it is well formed.
  public mutating func skip() throws(JSONError) {
    switch try peek() {
    case .string: _ = try string()
    case .number: _ = try number()
    case .boolean: _ = try boolean()
    case .null: _ = try takeNull()
    case .object:
      try enterObject()
      var isFirst = true
      while try nextKey(isFirst: isFirst) != nil {
        isFirst = false
        try skip()
      }
    case .array:
      try enterArray()
      var isFirst = true
      while try nextElement(isFirst: isFirst) {
        isFirst = false
        try skip()
      }
    }
  }

  // MARK: - Loops

  /// Calls `body` for each member of the object that stands next; `body` must read or skip its value.
  @inlinable public mutating func eachMember(
    _ body: (_ key: JSONText, _ reader: inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try enterObject()
    var isFirst = true
    while let key = try nextKey(isFirst: isFirst) {
      isFirst = false
      try body(key, &self)
    }
  }

  /// Calls `body` for each element of an array, or once for a value that is none: many servers leave the array off
  /// where there is but one element. null is no element.
  @inlinable public mutating func eachOneOrMany(
    _ body: (_ reader: inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    switch try peek() {
    case .null: _ = try takeNull()
    case .array:
      try enterArray()
      var isFirst = true
      while try nextElement(isFirst: isFirst) {
        isFirst = false
        try body(&self)
      }
    default: try body(&self)
    }
  }
}
