import Foundation
import Glibc
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// Nothing of a file runs before it was found good, and what was found good is what runs.
struct LoadOrderTests {
  let fixture: SigningFixture
  init() throws { fixture = try SigningFixture() }

  private var mark: URL { fixture.folder.file("constructor-ran") }
  private var hasRun: Bool { FileManager.default.fileExists(atPath: mark.path) }

  private func load(_ context: TrustContext? = nil) -> HostError? {
    do throws(HostError) {
      _ = try ProviderLibrary.load(fixture.path, trust: context ?? fixture.context())
      return nil
    } catch { return error }
  }

  @Test func `a constructor runs when a good file is loaded, and not when it is looked at`() throws {
    try fixture.put(.marking(mark))
    try fixture.sign()
    try fixture.trust()
    let inspection = try fixture.inspect()
    try inspection.demand(.inProcess)
    _ = ProviderRegistry(folders: [fixture.folder.url.path], trust: fixture.context())
    #expect(!hasRun)
    #expect(load() == nil)
    #expect(hasRun, "else the rest of this suite proves nothing")
  }

  @Test func `no constructor of a file that is refused runs`() throws {
    try fixture.put(.marking(mark))
    try fixture.trust(revokes: true)
    #expect(load()?.code == "provider-unsigned")
    let signed = try fixture.sign()
    for at in [200, signed.count / 2, signed.count - 60] {
      var data = signed
      data[at] ^= 1
      try fixture.folder.write("provider.so", data)
      #expect(load()?.code == "provider-modified")
      #expect(load(.notConfigured)?.code == "provider-modified")
    }
    try fixture.folder.write("provider.so", signed)
    #expect(load(fixture.context(at: fixture.later(days: -9)))?.code == "provider-not-yet-valid")
    try fixture.revoke([.versions(id: "fixture", from: "0", to: "2"): "leaks"])
    #expect(load()?.code == "provider-revoked")
    try FileManager.default.removeItem(at: fixture.folder.file("trust.d/revocations"))
    try FileManager.default.removeItem(at: fixture.folder.file("trust.d/\(fixture.key.publicKey.id).key"))
    #expect(load()?.code == "provider-untrusted-key")
    #expect(!hasRun)
  }

  @Test func `no constructor of a file that lint refuses runs, however well it is signed`() throws {
    var file = VendorFile.marking(mark)
    file.more += "\nchar *getenv(const char *); int use_it(void) { return !!getenv(\"HOME\"); }"
    try fixture.put(file)
    try fixture.sign()
    try fixture.trust()
    #expect(load()?.code == "provider-lint")
    #expect(!hasRun)
  }

  /// The path means the good file and the bad one in turns, as fast as a thread can rename.
  @Test
  func `a file that is swapped while it is loaded is either the good one or refused, five hundred times`()
    async throws
  {
    try fixture.trust()
    try fixture.put(.marking(mark))
    let bad = try Data(contentsOf: fixture.folder.file("provider.so"))
    try fixture.put()
    let good = try fixture.sign()
    try fixture.folder.write("good", good)
    try fixture.folder.write("bad", bad)
    let digest = try fixture.inspect().digest
    let swapping = Swapping(fixture.folder.url.path, names: ["good", "bad"], target: "provider.so")
    defer { swapping.stop() }
    var (loaded, refused) = (0, 0)
    while loaded + refused < 500 || loaded == 0 || refused == 0 {
      do throws(HostError) {
        let library = try ProviderLibrary.load(fixture.path, trust: fixture.context())
        #expect(library.digest == digest)
        loaded += 1
      } catch {
        #expect(error.code == "provider-unsigned", "\(error)")
        refused += 1
      }
    }
    #expect(!hasRun)
  }

  /// The same bytes are overwritten in place: the worst that a copy can see is a mixture.
  @Test func `a file that is overwritten while it is inspected is the good one or refused`() throws {
    try fixture.trust()
    try fixture.put(.marking(mark))
    let bad = [UInt8](try Data(contentsOf: fixture.folder.file("provider.so")))
    try fixture.put()
    let good = [UInt8](try fixture.sign())
    let path = fixture.path
    let overwriting = Repeating {
      for bytes in [bad, good] {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        ftruncate(descriptor, off_t(bytes.count))
        close(descriptor)
      }
    }
    defer { overwriting.stop() }
    for _ in 0..<500 {
      let inspection: ProviderLibrary.Inspection
      do throws(HostError) { inspection = try ProviderLibrary.inspect(path, trust: fixture.context()) } catch
      { continue }
      let isGood = inspection.file.bytes.elementsEqual(good)
      #expect(inspection.verdict.mayLoad == isGood, "\(inspection.verdict)")
    }
  }
}

/// Does something again and again on a thread of its own until it is told to stop.
private final class Repeating: @unchecked Sendable {
  // Unchecked: `isStopped` is read and written under `condition`.
  private let condition = NSCondition()
  private var isStopped = false
  private var isDone = false

  init(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread { [self] in
      while !condition.withLock({ isStopped }) { body() }
      condition.withLock {
        isDone = true
        condition.broadcast()
      }
    }
    thread.start()
  }

  /// Returns when the last round is over.
  func stop() {
    condition.withLock {
      isStopped = true
      while !isDone { condition.wait() }
    }
  }
}

/// Lets a path mean each of some files in turns.
private struct Swapping {
  private let repeating: Repeating

  init(_ folder: String, names: [String], target: String) {
    repeating = Repeating {
      for name in names {
        let next = "\(folder)/\(name).next"
        unlink(next)
        link("\(folder)/\(name)", next)
        rename(next, "\(folder)/\(target)")
      }
    }
  }

  func stop() { repeating.stop() }
}
