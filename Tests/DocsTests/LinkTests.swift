import Foundation
import Testing

@Suite struct LinkTests {
  @Test(arguments: Book.names)
  func `every link of a page leads to a file, and to a heading, that is there`(_ name: String) throws {
    let page = try MarkdownPage(name)
    for link in page.links where !link.text.hasPrefix("http") && !link.text.hasPrefix("mailto:") {
      let parts = link.text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      let target =
        parts[0].isEmpty ? page.url : URL(fileURLWithPath: parts[0], relativeTo: page.url).standardizedFileURL
      #expect(
        FileManager.default.fileExists(atPath: target.path),
        "\(name):\(link.line): \(link.text) leads nowhere")
      guard parts.count > 1, target.pathExtension == "md" else { continue }
      let path = target.path.dropFirst(Book.root.path.count + 1)
      #expect(
        try MarkdownPage(String(path)).anchors.contains(parts[1]),
        "\(name):\(link.line): \(path) has no heading #\(parts[1])")
    }
  }

  @Test func `the table of contents has every page of the book`() throws {
    let contents = try MarkdownPage("docs/README.md")
    let records = try MarkdownPage("docs/decisions/README.md")
    for name in Book.names where name.hasPrefix("docs/") && !name.hasSuffix("README.md") {
      let list = name.hasPrefix("docs/decisions/") ? records : contents
      let file = name.split(separator: "/").last.map(String.init) ?? ""
      #expect(list.links.contains { $0.text == file }, "\(list.name) lacks \(file)")
    }
  }
}
