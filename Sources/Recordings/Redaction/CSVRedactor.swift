/// Rewrites a CSV text (RFC 4180) cell by cell. The first row is taken for the names of the columns and
/// stays; quotes, separators and line ends stay as they are. A cell with `;` is a list, each element a
/// value.
struct CSVRedactor {
  private let text: [UInt8]
  private let separator: UInt8
  private var at = 0
  private var out: [UInt8] = []
  private var columns: [[String]] = []
  private var isHeader = true
  private var column = 0

  static func rewrite(_ text: [UInt8], _ pseudonyms: inout Pseudonyms) -> [UInt8] {
    var redactor = CSVRedactor(text)
    while redactor.at < text.count { redactor.cell(&pseudonyms) }
    return redactor.out
  }

  private init(_ text: [UInt8]) {
    self.text = text
    let line = text.prefix { $0 != 0x0A }
    let found = Array(",\t;".utf8).max { a, b in line.count { $0 == a } < line.count { $0 == b } }
    separator = found ?? UInt8(ascii: ",")
    if text.starts(with: [0xEF, 0xBB, 0xBF]) {
      out += text.prefix(3)
      at = 3
    }
  }

  /// One cell, and the separator or line end behind it.
  private mutating func cell(_ pseudonyms: inout Pseudonyms) {
    if text[at] == UInt8(ascii: "\"") { quoted(&pseudonyms) } else { plain(&pseudonyms) }
    guard at < text.count else { return }
    let byte = text[at]
    out.append(byte)
    at += 1
    if byte == separator { column += 1 }
    if byte == 0x0A { (column, isHeader) = (0, false) }
  }

  private mutating func plain(_ pseudonyms: inout Pseudonyms) {
    let end = text[at...].firstIndex { $0 == separator || $0 == 0x0A || $0 == 0x0D } ?? text.count
    write(text[at..<end], &pseudonyms) { $0 }
    at = end
  }

  private mutating func quoted(_ pseudonyms: inout Pseudonyms) {
    out.append(UInt8(ascii: "\""))
    at += 1
    var content: [UInt8] = []
    while at < text.count {
      let byte = text[at]
      at += 1
      guard byte == UInt8(ascii: "\"") else {
        content.append(byte)
        continue
      }
      guard at < text.count, text[at] == UInt8(ascii: "\"") else {
        write(content[...], &pseudonyms) { Self.doubled($0) }
        out.append(UInt8(ascii: "\""))
        return
      }
      content.append(byte)
      at += 1
    }
    // The file ends inside of the cell, and so does what is written.
    write(content[...], &pseudonyms) { Self.doubled($0) }
  }

  private static func doubled(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
  }

  private mutating func write(
    _ cell: ArraySlice<UInt8>, _ pseudonyms: inout Pseudonyms, _ spelled: ([UInt8]) -> [UInt8]
  ) {
    let value = String(decoding: cell, as: UTF8.self)
    if isHeader {
      columns.append(StructuralRules.words(of: value))
      out += spelled(Array(cell))
      return
    }
    let name = column < columns.count ? columns[column] : []
    let parts =
      separator == UInt8(ascii: ";")
      ? [value[...]] : value.split(separator: ";", omittingEmptySubsequences: false)
    let replaced = parts.map { pseudonyms.replace(text: String($0), of: name, .received) }.joined(
      separator: ";")
    out += spelled(replaced == value ? Array(cell) : Array(replaced.utf8))
  }
}
