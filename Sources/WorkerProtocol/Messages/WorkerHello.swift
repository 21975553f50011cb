/// The host's first frame: what the worker is to limit itself to.
package struct WorkerHello: Sendable, Equatable {
  /// Host and worker are built together; another number means that they were not.
  package static let currentVersion: UInt32 = 1

  package var version = WorkerHello.currentVersion
  package var addressSpaceBytes: UInt64
  package var cpuSeconds: UInt64

  package init(addressSpaceBytes: UInt64, cpuSeconds: UInt64) {
    self.addressSpaceBytes = addressSpaceBytes
    self.cpuSeconds = cpuSeconds
  }

  package var frame: [UInt8] {
    var writer = WireWriter(frame: .hello, call: 0)
    writer.put(version)
    writer.put(addressSpaceBytes)
    writer.put(cpuSeconds)
    return writer.finish()
  }

  package init(_ payload: RawSpan) throws(WireError) {
    var reader = WireReader(payload, of: "hello")
    version = try reader.u32()
    addressSpaceBytes = try reader.u64()
    cpuSeconds = try reader.u64()
    try reader.finish()
  }
}
