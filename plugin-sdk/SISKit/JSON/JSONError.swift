/// Why a document is not what the reader was asked for: a code, where, and a sentence.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Code: Equatable, Sendable {
    /// The document ends before the value does: it was probably cut short.
    case unexpectedEnd
    /// A byte that may not stand here (RFC 8259 section 2).
    case unexpectedByte(UInt8)
    /// A number that breaks the grammar of RFC 8259 section 6.
    case badNumber
    /// A control character, a broken escape, or a lone surrogate in a string (section 7).
    case badString
    /// Bytes that are not UTF-8 (section 8.1, RFC 3629).
    case badUTF8
    /// More nested arrays and objects than the reader follows.
    case tooDeep
    /// Something stands behind the value.
    case trailing
    /// A sound value of another kind than the caller asked for.
    case wrongKind
    /// An integer that does not fit, or a number with a fraction where an integer was asked for.
    case outOfRange
  }

  public var code: Code
  /// Where in the document, in bytes from its start.
  public var offset: Int

  @inlinable public init(code: Code, offset: Int) {
    self.code = code
    self.offset = offset
  }

  public var description: String {
    let what =
      switch code {
      case .unexpectedEnd: "the document ends too early"
      case .unexpectedByte(let byte): "byte \(byte) may not stand here"
      case .badNumber: "this is not a number of JSON"
      case .badString: "this string has a bad escape or a control character"
      case .badUTF8: "these bytes are not UTF-8"
      case .tooDeep: "values are nested too deeply"
      case .trailing: "something stands behind the document"
      case .wrongKind: "a value of another kind was expected"
      case .outOfRange: "this number does not fit"
      }
    return "\(what) (at byte \(offset))"
  }
}
