import CSandbox
import WorkerProtocol

/// Takes this process's rights away, part by part, and remembers what the kernel would not do.
struct Sandbox {
  private(set) var report = SandboxReport()

  /// Everything that can be taken away before a library is loaded.
  mutating func enter(_ hello: WorkerHello, tellingTo descriptor: CInt) {
    report[.limits] = sandbox_limit(hello.addressSpaceBytes, hello.cpuSeconds)
    tellLastWords(to: descriptor)
    report[.privileges] = sandbox_drop_privileges()
    report[.landlock] = sandbox_deny_files()
    report[.loadingFilter] = sandbox_filter_loading()
  }

  /// What is left after it was loaded: to compute, and to answer.
  mutating func tighten(tellingTo descriptor: CInt) {
    // A constructor may have put its own handlers there.
    tellLastWords(to: descriptor)
    report[.callingFilter] = sandbox_filter_calling()
  }

  private func tellLastWords(to descriptor: CInt) {
    let header = LastWords.header.bytes
    _ = header.withUnsafeBytes { bytes in
      bytes.baseAddress.map { sandbox_tell_last_words(descriptor, $0, bytes.count) }
    }
  }
}
