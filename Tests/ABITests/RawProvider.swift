import CSISPlugin
import Glibc

/// A provider as the bare ABI shows it: its entry, found with dlopen and dlsym, and nothing else of this project.
struct RawProvider {
  struct Failure: Error { var words: String }

  private let entry: @convention(c) (UInt32, UInt32) -> UnsafePointer<sis_provider>?

  init(_ path: String) throws {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(handle, SIS_ENTRY_SYMBOL_V1)
    else {
      throw Failure(words: dlerror().map { String(cString: $0) } ?? path)
    }
    entry = unsafeBitCast(symbol, to: (@convention(c) (UInt32, UInt32) -> UnsafePointer<sis_provider>?).self)
  }

  /// What it answers a host of this version.
  func table(major: UInt32, minor: UInt32 = 0) -> UnsafePointer<sis_provider>? { entry(major, minor) }
}

extension sis_bytes {
  var text: String {
    String(decoding: UnsafeRawBufferPointer(start: ptr, count: ptr == nil ? 0 : len), as: UTF8.self)
  }
}
