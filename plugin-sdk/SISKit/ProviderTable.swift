import CSISPlugin

/// Makes the C table of a provider. Call it once, for a constant of the plugin, and return that from the entry:
///
///     nonisolated(unsafe) private let table = providerTable(
///       ExampleProvider.self, id: "example", version: "1.0.0", manifest: example_manifest(), cursorVersion: 1)
///
///     @c @implementation
///     public func sis_plugin_entry_v1(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sis_provider>? {
///       major == SIS_ABI_MAJOR ? table : nil
///     }
///
/// - Parameters:
///   - id: equal to the manifest's.
///   - manifest: the bytes in the section `.sis.manifest`; they live as long as the library.
///   - cursorVersion: the format of cursors that it writes; `oldestCursor` is the oldest that it still reads.
public func providerTable<P: Provider>(
  _ type: P.Type, id: StaticString, version: StaticString, manifest: sis_bytes, cursorVersion: UInt32,
  oldestCursor: UInt32? = nil
) -> UnsafePointer<sis_provider> {
  let table = UnsafeMutablePointer<sis_provider>.allocate(capacity: 1)
  table.initialize(
    to: sis_provider(
      size: UInt32(MemoryLayout<sis_provider>.size), abi_major: UInt16(SIS_ABI_MAJOR),
      abi_minor: UInt16(SIS_ABI_MINOR), ctx: Unmanaged.passRetained(FactoryOf<P>() as Factory).toOpaque(),
      id: UnsafeRawPointer(id.utf8Start).assumingMemoryBound(to: CChar.self),
      version: UnsafeRawPointer(version.utf8Start).assumingMemoryBound(to: CChar.self), manifest: manifest,
      cursor_version: cursorVersion, cursor_oldest: oldestCursor ?? cursorVersion,
      open: { provider, args, sink in open(provider, args, sink) },
      extension: { _, _ in nil }))
  return UnsafePointer(table)
}

// A C function pointer cannot capture a generic parameter: hence one set of functions, and a class with a virtual call.

private class Factory {
  func open(_ opening: Opening, _ output: inout Output) throws(ProviderError) -> Session {
    throw ProviderError(.internal, "abstract")
  }
}

private final class FactoryOf<P: Provider>: Factory {
  override func open(_ opening: Opening, _ output: inout Output) throws(ProviderError) -> Session {
    SessionOf(try P(opening, &output))
  }
}

/// A provider at work, and the record buffers that its calls share.
private class Session {
  var record: Record? = Record()
  func next(_ output: inout Output) throws(ProviderError) -> Step { .done }
  func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step { .done }
}

private final class SessionOf<P: Provider>: Session {
  var provider: P
  init(_ provider: P) { self.provider = provider }
  override func next(_ output: inout Output) throws(ProviderError) -> Step { try provider.next(&output) }
  override func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step {
    try provider.feed(response, &output)
  }
}

private func open(
  _ provider: UnsafePointer<sis_provider>, _ args: UnsafePointer<sis_open>, _ sink: UnsafePointer<sis_sink>
) -> UnsafeMutablePointer<sis_session>? {
  guard let context = provider.pointee.ctx, knows(sink, \.error) else { return nil }
  guard knows(args, \.seed) else {
    tooSmall("sis_open", sink)
    return nil
  }
  let factory = Unmanaged<Factory>.fromOpaque(context).takeUnretainedValue()
  var output = Output(sink, grant: 0, record: Record())
  let session: Session
  do { session = try factory.open(Opening(args), &output) } catch {
    output.report(error, request: 0)
    return nil
  }
  let raw = UnsafeMutablePointer<sis_session>.allocate(capacity: 1)
  raw.initialize(
    to: sis_session(
      size: UInt32(MemoryLayout<sis_session>.size), reserved: 0, ctx: Unmanaged.passRetained(session).toOpaque(),
      next: { session, turn, sink in
        guard knows(sink, \.error) else { return SIS_E_UNSUPPORTED }
        guard knows(turn, \.now_ms) else { return tooSmall("sis_turn", sink) }
        return call(session, sink, grant: Int(turn.pointee.grant), request: 0) {
          (session, output) throws(ProviderError) in try session.next(&output)
        }
      },
      feed: { session, response, sink in
        guard knows(sink, \.error) else { return SIS_E_UNSUPPORTED }
        guard knows(response, \.reserved) else { return tooSmall("sis_response", sink) }
        return call(session, sink, grant: Int(response.pointee.grant), request: response.pointee.id) {
          (session, output) throws(ProviderError) in try session.feed(Response(response), &output)
        }
      },
      close: { session in
        if let context = session.pointee.ctx { Unmanaged<Session>.fromOpaque(context).release() }
        session.deallocate()
      }))
  return raw
}

/// Does the maker of the struct know this field (`SIS_HAS`)? Behind the end of a smaller struct nothing may
/// be read: asked for the last field of version 1.0 before any other is touched.
private func knows<Struct, Value>(_ pointer: UnsafePointer<Struct>, _ field: KeyPath<Struct, Value>) -> Bool {
  let size = UnsafeRawPointer(pointer).load(as: UInt32.self)
  return MemoryLayout<Struct>.offset(of: field).map { $0 + MemoryLayout<Value>.size <= Int(size) } ?? false
}

@discardableResult
private func tooSmall(_ name: String, _ sink: UnsafePointer<sis_sink>) -> sis_status {
  let output = Output(sink, grant: 0, record: Record())
  output.report(
    ProviderError(.unsupported, "\(name): the host's struct is smaller than that of version 1.0"), request: 0)
  return SIS_E_UNSUPPORTED
}

/// Makes one call; what it throws becomes a status and the host's `error`.
private func call(
  _ raw: UnsafeMutablePointer<sis_session>, _ sink: UnsafePointer<sis_sink>, grant: Int, request: UInt64,
  _ body: (Session, inout Output) throws(ProviderError) -> Step
) -> sis_status {
  guard let context = raw.pointee.ctx else { return ProviderError.Code.internal.rawValue }
  let session = Unmanaged<Session>.fromOpaque(context).takeUnretainedValue()
  var output = Output(sink, grant: grant, record: session.record.take() ?? Record())
  let status: sis_status
  do {
    let step = try body(session, &output)
    status = output.isRefused ? ProviderError.Code.refused.rawValue : step == .done ? 1 : 0
  } catch {
    output.report(error, request: request)
    status = error.code.rawValue
  }
  session.record = output.takeRecord()
  return status
}
