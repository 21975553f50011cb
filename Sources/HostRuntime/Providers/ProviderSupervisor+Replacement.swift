import HostModel
import ProviderRuntime

extension ProviderSupervisor {
  /// Waits until another version of this provider is to be used. False when the waiting task was cancelled.
  func replacement(of provider: ProviderLibrary.Inspection) async -> Bool {
    let id = provider.manifest.id
    if let now = try? registry.found(id, version: nil), now.digest != provider.digest, isReplaced(provider.digest) {
      return true
    }
    lastWaiter += 1
    let number = lastWaiter
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume(returning: false) }
        waiting[number] = Waiter(provider: id, digest: provider.digest, resume: continuation)
      }
    } onCancel: {
      Task { await self.stopWaiting(number) }
    }
  }

  private func stopWaiting(_ number: Int) {
    waiting.removeValue(forKey: number)?.resume.resume(returning: false)
  }

  /// Tells all runs of a provider that another version took its place.
  func tellReplaced(_ id: String, by digest: Digest) {
    for (number, waiter) in waiting where waiter.provider == id && waiter.digest != digest {
      waiting[number] = nil
      waiter.resume.resume(returning: true)
    }
  }
}
