import CSISPlugin
import ProviderABI
import WorkerProtocol

/// The sink of a session, and what does a worker's calls on it.
final class ReplayedSink {
  let sink: SessionSink
  private let table: UnsafeMutablePointer<sis_sink>
  private let replay = SinkReplay()

  init(_ manifest: ProviderManifest) {
    sink = SessionSink(manifest)
    table = sink.makeTable()
  }

  deinit { table.deallocate() }

  /// - Throws: what of `payload`, from `offset` on, is no call of a sink.
  func perform(_ payload: UnsafeRawBufferPointer, from offset: Int) throws(WireError) {
    try replay.perform(payload, from: offset, on: table)
  }
}
