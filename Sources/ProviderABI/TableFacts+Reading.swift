import CSISPlugin
import Glibc
import WorkerProtocol

extension TableFacts {
  /// Reads a table no further than its size says.
  package init(reading table: UnsafePointer<sis_provider>) {
    self.init(size: table.pointee.size)
    guard Int(size) >= MemoryLayout<sis_provider>.size else { return }
    // The imported function pointers cannot be compared with NULL: look at their words.
    let places: [(Member, Int?)] = [
      (.id, MemoryLayout<sis_provider>.offset(of: \.id)),
      (.version, MemoryLayout<sis_provider>.offset(of: \.version)),
      (.open, MemoryLayout<sis_provider>.offset(of: \.open)),
      (.extension, MemoryLayout<sis_provider>.offset(of: \.extension)),
    ]
    missing = places.first { UnsafeRawPointer(table).isNull(at: $0.1) }?.0
    guard missing == nil else { return }
    abiMajor = UInt32(table.pointee.abi_major)
    abiMinor = UInt32(table.pointee.abi_minor)
    cursorVersion = table.pointee.cursor_version
    cursorOldest = table.pointee.cursor_oldest
    id = Self.text(table.pointee.id)
    version = Self.text(table.pointee.version)
    manifest = Array(UnsafeRawBufferPointer(table.pointee.manifest).prefix(Self.mostManifestBytes))
  }

  private static func text(_ string: UnsafePointer<CChar>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: string, count: strnlen(string, 128)))
  }
}

extension SessionFacts {
  package init(reading session: UnsafePointer<sis_session>) {
    let places = [
      MemoryLayout<sis_session>.offset(of: \.next), MemoryLayout<sis_session>.offset(of: \.feed),
      MemoryLayout<sis_session>.offset(of: \.close),
    ]
    let size = session.pointee.size
    self.init(
      size: size,
      hasFunctions: Int(size) >= MemoryLayout<sis_session>.size
        && !places.contains { UnsafeRawPointer(session).isNull(at: $0) })
  }
}

extension UnsafeRawPointer {
  fileprivate func isNull(at offset: Int?) -> Bool {
    offset.map { loadUnaligned(fromByteOffset: $0, as: UInt.self) == 0 } ?? true
  }
}
