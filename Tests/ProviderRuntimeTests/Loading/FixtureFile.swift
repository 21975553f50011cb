import HostModel

@testable import ProviderRuntime

/// What most tests of this target want of a fixture's file: it may be anybody's, and do what only a worker lets it do.
extension ProviderLibrary {
  static func load(_ path: String) throws(HostError) -> ProviderLibrary {
    try load(path, trust: .notConfigured, isolation: .process)
  }

  static func inspect(_ path: String) throws(HostError) -> Inspection {
    try inspect(path, trust: .notConfigured)
  }
}

extension SealedFile {
  convenience init(_ path: String) throws(HostError) { try self.init(path, followsLinks: true) }
}

extension ELFImage {
  init(_ file: SealedFile) throws(HostError) { try self.init(file.bytes, path: file.path) }
}
