/// What goes wrong, on which of the matching requests (sis-apis.md section 8).
package struct Fault: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// An error status with PowerSchool's body; 401 also ends the token, 429 and 503 carry `Retry-After`.
    case status(Int)
    /// 200 with a maintenance page.
    case html
    /// 302 to the vendor's message server (PS-Q10).
    case redirect
    /// Well framed, but the JSON ends in the middle.
    case halfJSON
    /// `Content-Length` of the whole, the connection ends in the middle.
    case cutBody
    /// A well framed gzip body that lacks its second half.
    case cutGzip
    /// The connection is reset before an answer.
    case reset
    /// The body comes in small pieces over `--slow-ms`.
    case slow
    /// Nothing comes until the client gives up.
    case hang
    /// 200 without a body.
    case empty
    /// `Content-Length` is smaller than the body.
    case wrongLength
    /// No length at all: the body ends with the connection.
    case noLength
    /// The body in chunks.
    case chunked
    /// Chunks that end without the last one.
    case cutChunks
    /// A byte order mark before the body.
    case bom
  }

  static let names: [(String, Kind)] = [
    ("html", .html), ("redirect", .redirect), ("half-json", .halfJSON), ("truncate", .halfJSON),
    ("cut-body", .cutBody), ("cut-gzip", .cutGzip), ("reset", .reset), ("slow", .slow), ("hang", .hang),
    ("empty200", .empty), ("wrong-content-length", .wrongLength), ("no-content-length", .noLength),
    ("chunked", .chunked), ("cut-chunks", .cutChunks), ("bom", .bom),
  ]

  package let kind: Kind
  package let name: String
  /// From 1.
  package let first: Int
  package let count: Int
  /// Only requests whose target holds it.
  package let path: String

  /// Reads `WHAT@N[xCOUNT][:PATH]`.
  package init(_ text: String) throws(UsageError) {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = (halves.first ?? "").split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts.first ?? "")
    if let status = Int(name), (400...599).contains(status) {
      kind = .status(status)
    } else if let known = Self.names.first(where: { [name] in $0.0 == name }) {
      kind = known.1
    } else {
      throw UsageError.unknown("fault", name, among: Self.names.map(\.0) + ["500", "503", "429", "401", "404"])
    }
    let numbers = (parts.count > 1 ? parts[1] : "").split(separator: "x", omittingEmptySubsequences: false)
    guard (1...2).contains(numbers.count), let first = Int(numbers[0]), first > 0,
      let count = numbers.count > 1 ? Int(numbers[1]) : 1, count > 0
    else {
      throw UsageError("--fault \(text): after the @ comes which request, from 1, such as 500@5 or 429@3x2.")
    }
    self.first = first
    self.count = count
    path = halves.count > 1 ? String(halves[1]) : ""
  }
}

/// Counts the requests that each fault matches, over all connections.
final class FaultPlan: @unchecked Sendable {  // all state is behind the lock
  private let lock = Lock()
  private var faults: [Fault]
  private var seen: [Int]

  init(_ faults: [Fault]) {
    self.faults = faults
    seen = faults.map { _ in 0 }
  }

  /// The fault for this request: the first whose turn it is. All that match count on.
  func next(_ target: String) -> Fault? {
    lock.withLock {
      var due: Fault?
      for at in faults.indices where faults[at].path.isEmpty || target.contains(faults[at].path) {
        seen[at] += 1
        if due == nil, seen[at] - faults[at].first >= 0, seen[at] - faults[at].first < faults[at].count {
          due = faults[at]
        }
      }
      return due
    }
  }
}

extension String {
  /// Plain substring search by bytes.
  fileprivate func contains(_ other: String) -> Bool {
    let haystack = Array(utf8)
    let needle = Array(other.utf8)
    guard needle.count <= haystack.count else { return false }
    return (0...haystack.count - needle.count).contains { haystack[$0..<$0 + needle.count].elementsEqual(needle) }
  }
}
