import Foundation
import HostModel
import ProviderRuntime
import SyncCore
import TestSupport

/// Providers under `Tests/Fixtures/Worker`, that do what no provider should.
enum WorkerFixture {
  static func provider(_ name: String, _ defines: [String] = []) throws -> ProviderLibrary.Inspection {
    try ProviderLibrary.inspect(try Fixture.provider("Worker/\(name).c", defines), trust: .notConfigured)
  }
}

extension WorkerLimits {
  /// For tests: a deadline that even a busy machine does not reach, unless reaching it is the test.
  static func test(milliseconds: Int = 120_000, megabytes: Int = 512) -> WorkerLimits {
    var limits = WorkerLimits()
    limits.callMilliseconds = milliseconds
    limits.addressSpaceBytes = megabytes << 20
    return limits
  }
}

extension ProviderLauncher {
  static func built(_ limits: WorkerLimits = .test()) -> ProviderLauncher {
    ProviderLauncher(worker: BuiltTool.worker.path, limits: limits)
  }

  /// Opens a session whose config is one word.
  func open(_ provider: ProviderLibrary.Inspection, word: String) async throws(ProviderFault) -> WorkerSession
  {
    try await open(provider, SessionOpening(config: Array(word.utf8), now: HostInstant(milliseconds: 1)))
  }
}

extension ProviderSession {
  /// Asks once, and feeds one page.
  func page(_ body: String = "") async throws(ProviderFault) -> SessionAnswer {
    _ = try await next(grant: 1, now: HostInstant(milliseconds: 2))
    return try await feed(
      1, HTTPResponse(status: 200, body: Array(body.utf8)), grant: 1, now: HostInstant(milliseconds: 3))
  }

  /// Why a page cannot be had; nil if it can.
  func fault(_ body: String = "") async -> ProviderFault? {
    do throws(ProviderFault) {
      _ = try await page(body)
      return nil
    } catch { return error }
  }
}
