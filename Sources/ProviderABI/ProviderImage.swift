import CSISPlugin
import Glibc
import WorkerProtocol

/// A provider's shared library, loaded by its descriptor for as long as the process lives.
package enum ProviderImage {
  /// The name by which the loader knows the image of a descriptor.
  package static func path(_ descriptor: CInt) -> String { "/proc/self/fd/\(descriptor)" }

  /// Runs the library's constructors, then `loaded`, then the entry.
  ///
  /// The loader knows an image by the descriptor's number: whatever this answers but `notLoadable`, the
  /// descriptor must stay open, or another file that gets its number is taken for this one.
  package static func load(
    descriptor: CInt, loaded: () -> Void = {}
  ) throws(LoadRefusal) -> UnsafePointer<sis_provider> {
    guard let handle = dlopen(path(descriptor), RTLD_NOW | RTLD_LOCAL) else {
      throw .notLoadable(dlerror().map { String(cString: $0) } ?? "unknown reason")
    }
    loaded()
    guard let symbol = dlsym(handle, SIS_ENTRY_SYMBOL_V1) else { throw .noEntry }
    typealias Entry = @convention(c) (UInt32, UInt32) -> UnsafePointer<sis_provider>?
    let entry = unsafeBitCast(symbol, to: Entry.self)
    guard let table = entry(UInt32(SIS_ABI_MAJOR), UInt32(SIS_ABI_MINOR)) else { throw .declined }
    return table
  }
}
