import HostModel

/// What a run staged lately of records that were never published: from a hash of kind and source id to the version.
///
/// Such records have no row in `roster` yet, so that no index has to be kept up while a district is read for the first time.
/// Those that are sent again soon are found here; what this forgets, publishing merges (`RunPublish.mergeRepeated`). A hash
/// is a hint: what is found here is only taken for the record if the database agrees.
final class FreshRecords {
  /// Half a megabyte, however large the district.
  private static let capacity = 16_384

  /// Which opening of the run they are of: what another one staged may have been rolled back.
  let generation: Int64
  private var versions: [Int: Int64] = [:]

  init(generation: Int64) { self.generation = generation }

  static func hash(_ kind: RecordKind, _ sourcedID: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(kind.rawValue)
    hasher.combine(bytes: sourcedID)
    return hasher.finalize()
  }

  func version(_ hash: Int) -> Int64? { versions[hash] }

  func add(_ hash: Int, _ version: Int64) {
    if versions.count >= Self.capacity { versions.removeAll(keepingCapacity: true) }
    versions[hash] = version
  }
}
