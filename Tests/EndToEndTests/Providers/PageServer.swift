import Foundation
import TestSupport

/// A SIS of `count` pages, /page/1 ..., for the provider `paged_roster.c`. A page can be held back, or be something else
/// for some times.
final class PageServer: @unchecked Sendable {
  // Unchecked: everything below `condition` is read and written while it is locked.
  private let count: Int
  private let condition = NSCondition()
  private var held: Set<Int> = []
  private var arrived: Set<Int> = []
  private var instead: [Int: (body: String, times: Int)] = [:]
  private var served: [Int] = []
  private var server: RawServer?

  init(pages count: Int) throws {
    self.count = count
    server = try RawServer { [unowned self] peer in
      while let request = peer.readRequest() {
        guard peer.send(answer(request)) else { return }
      }
    }
  }

  var url: String { server?.url ?? "" }
  /// The pages asked for, in order.
  var pages: [Int] { condition.withLock { served } }

  /// The body of a page that is as it should be.
  static func body(_ page: Int) -> String { "School \(page)" }

  /// The export of the whole source.
  ///
  /// - Parameter version: which version of the provider emitted a page.
  func truth(_ version: (Int) -> String = { _ in "1.0.0" }) -> String {
    (1...count).map { page in
      let id = String(repeating: "0", count: 3 - "\(page)".count) + "\(page)"
      return #"{"kind":"org","sourcedId":"\#(id)","ext":{"emittedBy":["\#(version(page))"]},"#
        + #""name":"\#(Self.body(page))","orgType":"school"}"# + "\n"
    }.joined()
  }

  /// A page says something else, for some times.
  func replace(_ page: Int, by body: String, times: Int = .max) {
    condition.withLock { instead[page] = (body, times) }
  }

  /// A page is answered only after `release`.
  func hold(_ page: Int) { condition.withLock { _ = held.insert(page) } }

  func release(_ page: Int) {
    condition.withLock {
      held.remove(page)
      condition.broadcast()
    }
  }

  /// Waits until a page is asked for. False after half a minute.
  func waitForRequest(of page: Int) -> Bool {
    let limit = Date(timeIntervalSinceNow: 30)
    condition.lock()
    defer { condition.unlock() }
    while !arrived.contains(page) { guard condition.wait(until: limit) else { return false } }
    return true
  }

  private func answer(_ request: String) -> String {
    let page = request.split(separator: " ").dropFirst().first?.split(separator: "/").last.flatMap { Int($0) } ?? 0
    condition.lock()
    defer { condition.unlock() }
    served.append(page)
    arrived.insert(page)
    condition.broadcast()
    while held.contains(page) { condition.wait() }
    guard (1...count).contains(page) else {
      return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    }
    var body = Self.body(page)
    if let other = instead[page], other.times > 0 {
      body = other.body
      instead[page]?.times -= 1
    }
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}
