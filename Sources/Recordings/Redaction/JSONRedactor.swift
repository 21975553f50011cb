/// Rewrites a JSON text value by value, without ever holding it as a tree: also one that was cut short
/// stays as it was, up to the place where it is no JSON any more.
struct JSONRedactor {
  private struct Container {
    var isObject: Bool
    /// The words of the member's name whose value stands here.
    var name: [String]
    var awaitsKey: Bool
  }

  private let text: [UInt8]
  private let direction: Pseudonyms.Direction
  private var at = 0
  private var out: [UInt8] = []
  private var containers: [Container] = []

  static func rewrite(
    _ text: [UInt8], _ direction: Pseudonyms.Direction, _ pseudonyms: inout Pseudonyms
  ) -> [UInt8] {
    var redactor = JSONRedactor(text: text, direction: direction)
    redactor.run(&pseudonyms)
    return redactor.out
  }

  private init(text: [UInt8], direction: Pseudonyms.Direction) {
    self.text = text
    self.direction = direction
    out.reserveCapacity(text.count)
  }

  private mutating func run(_ pseudonyms: inout Pseudonyms) {
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { copy(3) }
    while at < text.count {
      switch text[at] {
      case 0x20, 0x09, 0x0A, 0x0D: copy(1)
      case UInt8(ascii: "{"): open(isObject: true)
      case UInt8(ascii: "["): open(isObject: false)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if !containers.isEmpty { containers.removeLast() }
        copy(1)
      case UInt8(ascii: ","):
        if let last = containers.indices.last { containers[last].awaitsKey = containers[last].isObject }
        copy(1)
      case UInt8(ascii: ":"):
        if let last = containers.indices.last { containers[last].awaitsKey = false }
        copy(1)
      case UInt8(ascii: "\""):
        guard string(&pseudonyms) else { return }
      case UInt8(ascii: "-"), 0x30...0x39: number(&pseudonyms)
      case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
        guard literal() else { return }
      default: return
      }
    }
  }

  private mutating func copy(_ count: Int) {
    out += text[at..<at + count]
    at += count
  }

  private mutating func open(isObject: Bool) {
    containers.append(
      Container(isObject: isObject, name: containers.last?.name ?? [], awaitsKey: isObject))
    copy(1)
  }

  /// False where it does not end: what stands behind is left out.
  private mutating func string(_ pseudonyms: inout Pseudonyms) -> Bool {
    var end = at + 1
    while end < text.count, text[end] != UInt8(ascii: "\"") { end += text[end] == UInt8(ascii: "\\") ? 2 : 1 }
    guard end < text.count else {
      out.append(UInt8(ascii: "\""))
      return false
    }
    let raw = text[(at + 1)..<end]
    at = end + 1
    guard let value = JSONStringToken.decoded(raw) else { return false }
    let replaced: String
    if let last = containers.indices.last, containers[last].awaitsKey {
      containers[last].name = StructuralRules.words(of: value)
      // A name that is itself an id, as in {"4001": {...}}, is a value.
      replaced = isID(value) ? pseudonyms.replace(text: value, of: [], direction) : value
    } else {
      replaced = pseudonyms.replace(text: value, of: containers.last?.name ?? [], direction)
    }
    out.append(UInt8(ascii: "\""))
    out += replaced == value ? Array(raw) : JSONStringToken.encoded(replaced, like: raw)
    out.append(UInt8(ascii: "\""))
    return true
  }

  private func isID(_ name: String) -> Bool {
    switch ValueForm(name) {
    case .digits, .uuid, .email, .phone: true
    default: false
    }
  }

  private mutating func number(_ pseudonyms: inout Pseudonyms) {
    let end = text[at...].firstIndex {
      !(ValueForm.isDigit($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0))
    }
    let token = String(decoding: text[at..<(end ?? text.count)], as: UTF8.self)
    at = end ?? text.count
    out += Array(pseudonyms.replace(number: token, of: containers.last?.name ?? []).utf8)
  }

  private mutating func literal() -> Bool {
    for word in ["true", "false", "null"] where text[at...].starts(with: word.utf8) {
      copy(word.utf8.count)
      return true
    }
    return false
  }
}
