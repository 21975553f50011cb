import CSISPlugin

extension SessionSink {
  /// The C struct through which a provider reaches this sink. It must not outlive it.
  func makeTable() -> UnsafeMutablePointer<sis_sink> {
    let table = UnsafeMutablePointer<sis_sink>.allocate(capacity: 1)
    table.initialize(
      to: sis_sink(
        size: UInt32(MemoryLayout<sis_sink>.size), reserved: 0, ctx: Unmanaged.passUnretained(self).toOpaque(),
        request: { sink(of: $0)?.request(given($1)) ?? SIS_E_REFUSED },
        record: { sink(of: $0)?.record($1, given($2), $3) ?? SIS_E_REFUSED },
        reject: { sink(of: $0)?.reject(given($1)) ?? SIS_E_REFUSED },
        cursor: { sink(of: $0)?.cursor(given($1)) ?? SIS_E_REFUSED },
        end: { sink(of: $0)?.end(given($1)) ?? SIS_E_REFUSED },
        note: { sink(of: $0)?.note($1, $2) },
        error: { sink(of: $0)?.error(given($1)) }))
    return table
  }
}

/// A pointer from a provider, which may be NULL whatever the header says. Comparing it with nil would not do:
/// an imported nonnull pointer is never nil to the optimizer, which takes such a comparison away.
private func given<Struct>(_ pointer: UnsafePointer<Struct>) -> UnsafePointer<Struct>? {
  UnsafePointer(bitPattern: UInt(bitPattern: pointer))
}

private func sink(of table: UnsafePointer<sis_sink>) -> SessionSink? {
  given(table)?.pointee.ctx.map { Unmanaged<SessionSink>.fromOpaque($0).takeUnretainedValue() }
}
