import CSISPlugin
import HostModel
import SyncCore
import WorkerProtocol

extension TableFacts {
  /// The table against the header, and against the manifest that was read from the file before any of its
  /// code ran.
  ///
  /// - Parameter manifestBytes: those of the section `.sis.manifest`.
  /// - Throws: `provider-bad-table`.
  func check(
    against manifest: ProviderManifest, _ manifestBytes: [UInt8], of path: String
  ) throws(HostError) {
    func refuse(_ found: String) -> HostError {
      ProviderRefusal.error(
        "provider-bad-table", path, found, advice: "This is a bug of the provider: tell its vendor")
    }
    guard Int(size) >= MemoryLayout<sis_provider>.size, size <= 1 << 16 else {
      throw refuse(
        "its table has size \(size); version 1 has \(MemoryLayout<sis_provider>.size) bytes or more")
    }
    if let missing { throw refuse("its table has no \(missing.name)") }
    guard Int(abiMajor) == manifest.abi.major else {
      throw refuse("its table says ABI major \(abiMajor), its manifest \(manifest.abi.major)")
    }
    for (name, bytes, due) in [("id", id, manifest.id), ("version", version, manifest.version)] {
      let text = String(decoding: bytes, as: UTF8.self)
      guard text == due else {
        throw refuse("its table has the \(name) \"\(text)\", its manifest \"\(due)\"")
      }
    }
    // The section may be padded, and a C string has its NUL.
    guard let end = self.manifest.lastIndex(where: { $0 != 0 }), self.manifest[...end] == manifestBytes[...]
    else {
      throw refuse("the manifest of its table is not that of its section \(ELFImage.manifestSection)")
    }
    guard cursorOldest <= cursorVersion, Int(cursorVersion) == manifest.cursorVersion else {
      throw refuse(
        "its table writes cursor version \(cursorVersion) and reads from \(cursorOldest), its manifest says "
          + "\(manifest.cursorVersion)"
      )
    }
  }

  /// - Throws: `cursor` for a cursor or bookmark of a format that the provider has given up: it is not even
  ///   shown to it.
  func checkCursors(of opening: SessionOpening) throws(ProviderFault) {
    for cursor in [opening.cursor, opening.bookmark].compactMap({ $0 })
    where !reads(cursorVersion: cursor.version) {
      throw ProviderFault(.cursor, "it does not read cursors of version \(cursor.version)")
    }
  }
}
