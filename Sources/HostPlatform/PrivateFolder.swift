import Glibc

/// A folder for this process alone, unlike every other, in TMPDIR or /tmp (mkdtemp(3), mode 0700).
package enum PrivateFolder {
  /// - Returns: its path; whoever asked for it removes it.
  package static func make(_ prefix: String) throws(PlatformError) -> String {
    let base = Environment.all["TMPDIR"] ?? "/tmp"
    var template = Array((base + "/" + prefix + "-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw PlatformError("make a folder in \(base)") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
