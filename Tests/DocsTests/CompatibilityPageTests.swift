import Foundation
import Testing

/// docs/compatibility.md: each case names the tests that prove it, and those are there.
@Suite struct CompatibilityPageTests {
  private static let names: Set<String> = {
    let root = Book.root.appendingPathComponent("Tests")
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var names: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = (try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)) ?? ""
      names.formUnion(text.matches(of: /@Test[^`]*func `([^`]+)`\(/).map { String($0.1) })
    }
    return names
  }()

  @Test func `every case is proven by tests that are there`() throws {
    let page = try MarkdownPage("docs/compatibility.md")
    let text = try String(contentsOf: page.url, encoding: .utf8)
    let cases =
      text.components(separatedBy: "| proven by |").last?.split(separator: "\n").filter { $0.hasPrefix("| ") }
      ?? []
    let rows = cases.filter { !$0.hasPrefix("| ---") }
    #expect(rows.count >= 18)
    for row in rows {
      let proofs = row.split(separator: "|").last?.matches(of: /`([^`]+)`/).map { String($0.1) } ?? []
      #expect(!proofs.isEmpty, "\(row) is proven by nothing")
      for proof in proofs { #expect(Self.names.contains(proof), "there is no test \"\(proof)\"") }
    }
  }
}
