import Glibc

/// The files of a folder, so that a provider can be tried on answers that somebody wrote or saved.
package final class FileService: HTTPService {
  /// No sample is larger.
  private static let maximumBytes = 64 << 20

  private let folder: String
  private let bearer: BearerCheck

  package init(folder: String, token: String?) {
    self.folder = folder
    bearer = BearerCheck(token: token, realm: "files")
  }

  package func revoke(_ request: HTTPRequestHead) {}

  package func answer(_ request: HTTPRequestHead, into answer: HTTPAnswer) {
    guard bearer.admits(request, answer) else { return }
    guard request.method == "GET" else {
      answer.status = 405
      return
    }
    // Nothing outside of the folder, and nothing hidden.
    guard !request.segments.contains(where: { $0.hasPrefix(".") || $0.contains("/") || $0.contains("\0") }),
      read(folder + "/" + request.segments.joined(separator: "/"), into: answer.body)
    else {
      answer.status = 404
      answer.contentType = "text/plain;charset=UTF-8"
      answer.body.append("No such file.")
      return
    }
    answer.contentType = Self.contentType(request.segments.last ?? "")
  }

  private static func contentType(_ name: String) -> StaticString {
    switch name.split(separator: ".").last {
    case "json": "application/json;charset=UTF-8"
    case "csv": "text/csv;charset=UTF-8"
    case "xml": "application/xml;charset=UTF-8"
    case "html": "text/html;charset=UTF-8"
    case "txt": "text/plain;charset=UTF-8"
    case "zip": "application/zip"
    default: "application/octet-stream"
    }
  }

  /// False for what is no regular file of a sensible size, or cannot be read.
  private func read(_ path: String, into body: ByteBuffer) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.maximumBytes
    else { return false }
    while body.count <= Self.maximumBytes {
      let count = Glibc.read(file, body.room(1 << 16), 1 << 16)
      if count < 0, errno == EINTR { continue }
      if count < 0 { body.clear() }
      guard count > 0 else { return count == 0 }
      body.advance(count)
    }
    body.clear()
    return false
  }
}
