import Glibc

/// A host looks at every file of its folders when it starts: loading must do nothing but load.
struct ScanTimeCheck: Check {
  let name = "scan-time"
  let proves = "loading it and asking for its table takes less than 100 ms"
  let needs = CheckNeeds.file
  /// A machine that is busy elsewhere is not the provider's fault.
  let attempts = 3

  static let limit: Double = 100

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let start = Self.milliseconds
    _ = try context.subject()
    let taken = Self.milliseconds - start
    guard taken < Self.limit else {
      throw CheckFailure(
        "it took \(Int(taken)) ms; \(Int(Self.limit)) ms are the most", call: "dlopen and the entry")
    }
    return "\((taken * 10).rounded() / 10) ms"
  }

  private static var milliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
  }
}
