/// `page` (from 1) and `pagesize` (sis-apis.md 2.7).
enum Paging {
  case page(number: Int, size: Int)
  case invalid(field: String, message: String)

  static func read(_ request: HTTPRequestHead, maximum: Int, clamps: Bool) -> Paging {
    var size = maximum
    if let text = request.parameter("pagesize") {
      guard let asked = Int(text), asked > 0 else {
        return .invalid(field: "pagesize", message: "The page size must be a number above 0.")
      }
      guard asked <= maximum || clamps else {
        return .invalid(field: "pagesize", message: "The page size cannot be greater than \(maximum).")
      }
      size = min(asked, maximum)
    }
    guard let text = request.parameter("page") else { return .page(number: 1, size: size) }
    guard let number = Int(text), number > 0 else {
      return .invalid(field: "page", message: "The page must be a number above 0.")
    }
    return .page(number: number, size: size)
  }

  /// The rows of a page among `count`; empty beyond the end, however far.
  static func rows(_ number: Int, _ size: Int, of count: Int) -> Range<Int> {
    let (begin, overflow) = (number - 1).multipliedReportingOverflow(by: size)
    guard !overflow, begin < count else { return 0..<0 }
    return begin..<min(count, begin + size)
  }
}
