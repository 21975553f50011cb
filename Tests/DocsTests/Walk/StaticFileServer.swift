import Foundation
import SimulatorKit

/// The files of a folder over HTTP, as `python3 -m http.server` has them.
final class StaticFileServer {
  private struct Files: HTTPService {
    let folder: URL

    func answer(_ request: HTTPRequestHead, into answer: HTTPAnswer) {
      let name = request.segments.joined(separator: "/")
      guard request.method == "GET", !request.segments.contains(".."),
        let bytes = try? Data(contentsOf: folder.appendingPathComponent(name))
      else {
        answer.status = 404
        answer.contentType = "text/html;charset=utf-8"
        answer.body.append("<!DOCTYPE HTML>\n<html>no such file</html>\n")
        return
      }
      answer.contentType = name.hasSuffix(".csv") ? "text/csv" : "application/octet-stream"
      answer.body.append(text: String(decoding: bytes, as: UTF8.self))
    }

    func revoke(_ request: HTTPRequestHead) {}
  }

  private let server: HTTPServer
  var port: Int { Int(server.port) }
  var url: String { "http://127.0.0.1:\(port)" }

  init(_ folder: URL) throws {
    server = HTTPServer(ServerOptions(), service: Files(folder: folder))
    try server.start()
  }

  deinit { server.stop() }
}
