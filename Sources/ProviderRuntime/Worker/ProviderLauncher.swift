import Glibc
import HostModel
import SyncCore
import WorkerProtocol

/// Runs providers in worker processes (`isolation: process`): one process a session, started on the sealed
/// bytes that were inspected, without rights from before its first instruction on.
///
///     let launcher = ProviderLauncher()
///     let provider = try ProviderLibrary.inspect("libsis_powerschool.so")
///     let session = try await launcher.open(provider, SessionOpening(now: now))
///     let answer = try await session.next(grant: 1, now: now)
///     await session.close()
///
/// To open a session again after it crashed is to call `open` again, with the last cursor that was stored.
package struct ProviderLauncher: Sendable {
  /// The path of `sis-worker`.
  package let worker: String
  package let limits: WorkerLimits

  /// - Parameter worker: by default the `sis-worker` that lies beside this executable.
  package init(worker: String? = nil, limits: WorkerLimits = WorkerLimits()) {
    self.worker = worker ?? Self.besideThisExecutable
    self.limits = limits
  }

  /// Starts a worker, has it load the provider, checks its table and opens a session.
  ///
  /// - Throws: `crashed` if the worker fails, whatever the way; `internal` if the provider cannot be loaded
  ///   or its table is bad; `cursor` for a cursor that it does not read; otherwise what the provider reports.
  package func open(
    _ provider: ProviderLibrary.Inspection, _ opening: SessionOpening
  ) async throws(ProviderFault) -> WorkerSession {
    do throws(HostError) { try provider.demand(.process) } catch { throw ProviderFault(.internal, error.message) }
    let provider = WorkerProvider(provider)
    let session = try await start(provider)
    do throws(ProviderFault) {
      let ready = try await greet(session)
      let table: TableFacts
      do { table = try provider.table(of: ready) } catch { throw ProviderFault(.internal, error.message) }
      try table.checkCursors(of: opening)
      try await session.open(opening)
      return session
    } catch {
      await session.close()
      throw error
    }
  }

  /// Loads a provider in a worker and checks its table, and ends the worker again.
  ///
  /// - Returns: what of its sandbox the worker could apply.
  /// - Throws: why the provider is refused, or how it failed.
  package func check(_ provider: ProviderLibrary.Inspection) async throws(HostError) -> SandboxReport {
    try provider.demand(.process)
    let provider = WorkerProvider(provider)
    let ready: WorkerReady
    do throws(ProviderFault) {
      let session = try await start(provider)
      do throws(ProviderFault) { ready = try await greet(session) } catch {
        await session.close()
        throw error
      }
      await session.close()
    } catch { throw HostError(error, place: provider.file.path) }
    _ = try provider.table(of: ready)
    return ready.sandbox
  }

  private func start(_ provider: WorkerProvider) async throws(ProviderFault) -> WorkerSession {
    guard let loop = WorkerLoop.shared else {
      throw WorkerFailure.notStarted("this process has no descriptor left").fault(lastLine: "", request: 0)
    }
    let started: Result<WorkerProcess, WorkerFailure> = await loop.perform { [worker] in
      do throws(WorkerFailure) {
        return .success(try WorkerProcess(worker, file: provider.file.descriptor))
      } catch { return .failure(error) }
    }
    switch started {
    case .success(let process): return WorkerSession(process, loop, limits, provider.manifest)
    case .failure(let failure): throw failure.fault(lastLine: "", request: 0)
    }
  }

  private func greet(_ session: WorkerSession) async throws(ProviderFault) -> WorkerReady {
    try await session.greet(
      WorkerHello(
        addressSpaceBytes: UInt64(clamping: limits.addressSpaceBytes),
        cpuSeconds: UInt64(clamping: limits.cpuSeconds)))
  }

  private static let besideThisExecutable: String = {
    var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = max(readlink("/proc/self/exe", &path, path.count), 0)
    let whole = String(decoding: path[..<count], as: UTF8.self)
    return whole.prefix(through: whole.lastIndex(of: "/") ?? whole.startIndex) + "sis-worker"
  }()
}

extension WorkerProvider {
  init(_ provider: ProviderLibrary.Inspection) {
    self.init(
      file: provider.file, manifest: provider.manifest, manifestBytes: provider.manifestBytes)
  }
}
