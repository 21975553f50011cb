import Foundation
import HostModel
import SyncCore

/// HTTP/1.1 and HTTP/2 over libcurl, connections reused, every answer proven whole.
///
/// Redirects are followed within the origin of the request only, for GET and HEAD, a few hops; one that leads elsewhere is
/// refused, so that a credential never leaves its origin.
package final class CurlTransport: Transport, @unchecked Sendable {
  // Unchecked: `lastID` is used under `lock`, `loop` is thread-safe.
  private let loop: CurlLoop
  private let lock = NSLock()
  private var lastID: UInt64 = 0

  /// - Parameter certificates: a PEM file with the authorities to trust instead of the system's.
  package init(certificates: String? = nil) throws(TransportError) {
    guard let loop = CurlLoop(certificates: certificates) else {
      throw TransportError(.internal, "libcurl could not be started")
    }
    self.loop = loop
  }

  deinit { loop.close() }

  package func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    guard let origin = HTTPOrigin(url: request.url) else { throw TransportError(.badURL, "not an http or https URL") }
    var request = request
    for hop in 0... {
      let response = try await exchange(request)
      guard [301, 302, 303, 307, 308].contains(response.status), let location = response.header("location"),
        request.method == "GET" || request.method == "HEAD"
      else { return response }
      guard let next = URL(string: location, relativeTo: URL(string: request.url))?.absoluteString,
        HTTPOrigin(url: next) == origin
      else {
        let place = URL(string: location)?.host ?? "elsewhere"
        throw TransportError(.redirectRefused, "status \(response.status) leads to another origin, \(place)")
      }
      guard hop < request.limits.redirects else {
        throw TransportError(.redirectRefused, "more than \(request.limits.redirects) redirects")
      }
      request.url = next
    }
    throw TransportError(.internal, "unreachable")
  }

  private func exchange(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let id = lock.withLock {
      lastID += 1
      return lastID
    }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.submit(Exchange(id: id, request: request, continuation: continuation))
        // Cancelled before it was submitted: the handler ran too early to find it.
        if Task.isCancelled { loop.cancel(id) }
      }
    } onCancel: {
      loop.cancel(id)
    }
    return try result.get()
  }
}
