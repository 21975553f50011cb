import Foundation
import TestSupport

/// A provider's file as a vendor's C compiler makes it, with what a test wants wrong about it.
struct VendorFile: Hashable {
  var id = "fixture"
  var version = "1.0.0"
  /// C that stands behind the provider's own.
  var more = ""
  var flags: [String] = []

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The path of the compiled file; compiled once in a test run. It must not be written to.
  func path() throws -> String { try Self.shelf.path(self) }

  func data() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: try path())) }

  private static let shelf = Shelf()

  private final class Shelf: @unchecked Sendable {
    // Unchecked: `done` is used under `lock`, which is held while a file is compiled.
    private let lock = NSLock()
    private var done: [VendorFile: String] = [:]
    private let folder = try? TemporaryFolder()

    func path(_ file: VendorFile) throws -> String {
      lock.lock()
      defer { lock.unlock() }
      if let path = done[file] { return path }
      guard let folder else { throw Failure(description: "there is no temporary folder") }
      let name = "fixture-\(done.count)"
      let source = try folder.write(name + ".c", file.source)
      let path = folder.file(name + ".so").path
      // What a test puts into it is wrong in one way; that it also warns is nobody's business here.
      try CCompiler.all(.c)[0].compile(
        ["-w", "-shared", "-fPIC", "-fvisibility=hidden", "-o", path, source.path] + file.flags,
        standard: "gnu11")
      done[file] = path
      return path
    }
  }

  private var source: String {
    """
    #include <stddef.h>
    #include "sis_plugin.h"
    SIS_PLUGIN_MANIFEST(
      "{\\"manifest\\":1,\\"id\\":\\"\(id)\\",\\"name\\":\\"Fixture\\",\\"version\\":\\"\(version)\\","
      "\\"abi\\":{\\"major\\":1,\\"minor\\":0},\\"cursorVersion\\":1,\\"kinds\\":[\\"org\\"],\\"modes\\":[\\"full\\"],"
      "\\"rateLimit\\":{\\"perMinute\\":60},\\"maxInFlight\\":1,\\"auth\\":[{\\"scheme\\":\\"none\\"}],"
      "\\"allowedHosts\\":[],\\"config\\":{\\"type\\":\\"object\\",\\"properties\\":{}}}");
    static sis_session *open_it(const sis_provider *p, const sis_open *o, const sis_sink *s) { return NULL; }
    static const void *extension(const sis_provider *p, const char *id) { return NULL; }
    static const sis_provider table = {
      sizeof table, SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, "\(id)", "\(version)",
      { sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH }, 1, 1, open_it, extension };
    SIS_EXPORT const sis_provider *sis_plugin_entry_v1(uint32_t major, uint32_t minor) {
      return major == SIS_ABI_MAJOR ? &table : NULL;
    }
    \(more)
    """
  }
}

extension VendorFile {
  /// A provider with a constructor that makes the file `mark`. It imports nothing for that: lint cannot see it.
  static func marking(_ mark: URL, id: String = "fixture", version: String = "1.0.0") -> VendorFile {
    VendorFile(
      id: id, version: version,
      more: """
        static long call(long number, long a, long b, long c, long d) {
        #if defined(__x86_64__)
          long result;
          register long fourth __asm__("r10") = d;
          __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                           : "rcx", "r11", "memory");
          return result;
        #elif defined(__aarch64__)
          register long n __asm__("x8") = number;
          register long x0 __asm__("x0") = a;
          register long x1 __asm__("x1") = b;
          register long x2 __asm__("x2") = c;
          register long x3 __asm__("x3") = d;
          __asm__ volatile("svc 0" : "+r"(x0) : "r"(n), "r"(x1), "r"(x2), "r"(x3) : "memory");
          return x0;
        #endif
        }
        #if defined(__x86_64__)
        enum { openat_number = 257 };
        #else
        enum { openat_number = 56 };
        #endif
        __attribute__((constructor)) static void mark(void) {
          call(openat_number, -100, (long)"\(mark.path)", 0101, 0600);
        }
        """)
  }
}
