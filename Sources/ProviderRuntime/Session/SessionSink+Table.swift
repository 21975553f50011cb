import CSISPlugin
import ProviderABI

extension SessionSink {
  /// The C struct through which a provider reaches this sink. It must not outlive it.
  func makeTable() -> UnsafeMutablePointer<sis_sink> {
    let table = UnsafeMutablePointer<sis_sink>.allocate(capacity: 1)
    table.initialize(
      to: sis_sink(
        size: UInt32(MemoryLayout<sis_sink>.size), reserved: 0, ctx: Unmanaged.passUnretained(self).toOpaque(),
        request: { sink(of: $0)?.request(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        record: { sink(of: $0)?.record($1, UnsafePointer(given: $2), $3) ?? SIS_E_REFUSED },
        reject: { sink(of: $0)?.reject(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        cursor: { sink(of: $0)?.cursor(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        end: { sink(of: $0)?.end(UnsafePointer(given: $1)) ?? SIS_E_REFUSED },
        note: { sink(of: $0)?.note($1, $2) },
        error: { sink(of: $0)?.error(UnsafePointer(given: $1)) }))
    return table
  }
}

private func sink(of table: UnsafePointer<sis_sink>) -> SessionSink? {
  UnsafePointer(given: table)?.pointee.ctx.map { Unmanaged<SessionSink>.fromOpaque($0).takeUnretainedValue() }
}
