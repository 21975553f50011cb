import CSISPlugin
import Glibc

/// A provider's library as the bare ABI shows it: loaded from its own path, so that a debugger finds its
/// symbols.
final class Subject: Sendable {
  typealias Entry = @convention(c) (UInt32, UInt32) -> UnsafePointer<sis_provider>?

  let trace: CallTrace
  // Static memory and code of an image that is never unloaded.
  nonisolated(unsafe) let entry: Entry
  nonisolated(unsafe) let table: UnsafePointer<sis_provider>

  /// - Throws: what the loader says, or that the entry answers no table.
  init(_ file: String, trace: CallTrace) throws(CheckFailure) {
    self.trace = trace
    let handle = trace.during("dlopen, which runs the constructors") { dlopen(file, RTLD_NOW | RTLD_LOCAL) }
    guard let handle else {
      throw CheckFailure(
        "the library cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "unknown reason")",
        call: "dlopen")
    }
    guard let symbol = dlsym(handle, SIS_ENTRY_SYMBOL_V1) else {
      throw CheckFailure("the library does not export \(SIS_ENTRY_SYMBOL_V1)", call: "dlsym")
    }
    entry = unsafeBitCast(symbol, to: Entry.self)
    let call = "\(SIS_ENTRY_SYMBOL_V1)(\(SIS_ABI_MAJOR), \(SIS_ABI_MINOR))"
    let entry = entry
    guard let table = trace.during(call, { entry(UInt32(SIS_ABI_MAJOR), UInt32(SIS_ABI_MINOR)) }) else {
      throw CheckFailure("the entry answers no table to a host of its own version", call: call)
    }
    self.table = table
  }

  /// Asks the entry for another version.
  func answers(major: UInt32, minor: UInt32) -> UnsafePointer<sis_provider>? {
    trace.during("\(SIS_ENTRY_SYMBOL_V1)(\(major), \(minor))") { entry(major, minor) }
  }
}
