import HostModel
import Testing

@testable import SyncCore

@Suite struct RequestTargetTests {
  private func resolve(_ target: String, base: String = "https://sis.example/base/", allowed: [String] = []) -> String? {
    try? RequestTarget.resolve(target, baseURL: base, allowedHosts: allowed)
  }

  @Test func `a path is appended to the base URL with one slash`() {
    #expect(resolve("/ws/v1/x?page=2") == "https://sis.example/base/ws/v1/x?page=2")
    #expect(resolve("/x", base: "https://sis.example") == "https://sis.example/x")
  }

  @Test func `an absolute URL of the same origin passes, also with the default port written out`() {
    #expect(resolve("https://sis.example:443/next") == "https://sis.example:443/next")
    #expect(resolve("HTTPS://SIS.example/next") == "HTTPS://SIS.example/next")
  }

  @Test(arguments: [
    "https://evil.example/", "http://sis.example/", "https://sis.example:8443/", "https://sis.example@evil.example/",
    "https://sis.example.evil.example/", "//evil.example/", "file:///etc/passwd", "ws/v1", "", "https://",
    "https://sis.example\\@evil.example/", "/a b", "/a\r\nx: y", "https://[::1/", "https://sis.example:0/",
    "https://sis.example:99999/", "ftp://sis.example/",
  ])
  func `a target that leads elsewhere is refused`(_ target: String) {
    if target == "//evil.example/" {
      #expect(resolve(target) == "https://sis.example/base//evil.example/", "a path, by its first slash")
    } else {
      #expect(resolve(target) == nil)
    }
  }

  @Test func `a host of the manifest's list passes with the same scheme only`() {
    #expect(resolve("https://files.example/a", allowed: ["files.example"]) != nil)
    #expect(resolve("http://files.example/a", allowed: ["files.example"]) == nil)
  }

  @Test func `an origin reads scheme, host and port`() {
    #expect(HTTPOrigin(url: "http://[::1]:8080/x")?.description == "http://[::1]:8080")
    #expect(HTTPOrigin(url: "https://A.example?q")?.description == "https://a.example")
  }
}
