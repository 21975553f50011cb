import HostModel
import Testing

@testable import SyncCore

@Suite struct ResponseVerdictTests {
  private let now = HostInstant(milliseconds: 0)

  private func code(
    _ body: String, status: Int = 200, type: String = "application/json", expect: BodyExpectation = .json,
    framed: Bool = true
  ) -> String {
    let response = HTTPResponse(
      status: status, headers: [HTTPHeader("content-type", type)], body: Array(body.utf8), isFramed: framed)
    switch ResponseVerdict.of(response, expecting: expect, place: "GET /x", now: now) {
    case .deliver: return "deliver"
    case .unauthorized: return "unauthorized"
    case .retry(let error, _, _): return "retry \(error.code)"
    case .fail(let error): return "fail \(error.code)"
    }
  }

  @Test func `PS-Q10: a web page where data was due is not data, whatever it calls itself`() {
    #expect(code("<!DOCTYPE html><p>Sign in", type: "text/html; charset=utf-8") == "retry html-answer")
    #expect(code("\n  <html><body>", type: "application/json") == "retry html-answer")
    #expect(code("\u{FEFF}<html>", type: "application/json") == "retry html-answer")
    #expect(code("<html>", type: "text/html", expect: .any) == "deliver")
  }

  @Test func `a body that ends with the connection is taken only where its form proves its end`() {
    #expect(code("{}", framed: false) == "deliver")
    #expect(code("a,b\n1,2", type: "text/csv", expect: .csv, framed: false) == "retry body-unproven")
    #expect(code("", type: "text/csv", expect: .csv, framed: false) == "retry body-unproven")
    #expect(code("", expect: .any, framed: false) == "deliver")
  }

  @Test func `a redirect that reached this place ends the run`() {
    #expect(code("", status: 302) == "fail unexpected-status")
  }

  @Test func `PS-Q23: a 403 that speaks of too many requests is a throttle, any other is the provider's`() {
    #expect(code("Too many requests. Wait 3 seconds.", status: 403, type: "text/plain") == "retry rate-limited")
    #expect(code("no", status: 403) == "deliver")
  }

  @Test(arguments: TransportError.Code.allCases)
  func `every failure of the transport has a verdict with a sentence`(_ code: TransportError.Code) {
    switch ResponseVerdict.of(TransportError(code, "detail"), place: "GET /x") {
    case .retry(let error, _, _), .fail(let error): #expect(error.message.contains("detail"))
    case .deliver, .unauthorized: #expect(Bool(false))
    }
  }
}
