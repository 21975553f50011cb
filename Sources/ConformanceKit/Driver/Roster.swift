import CSISPlugin

/// What a run has emitted so far, as a host would keep it: of each record the last one, and every end.
struct Roster: Equatable {
  private(set) var records: [String: [UInt8]] = [:]
  private(set) var ends: Set<[UInt8]> = []

  mutating func take(_ events: [ProbeEvent]) {
    for event in events {
      switch event.kind {
      case .record: records[event.name] = event.meaning
      // A record that is set aside is there, too.
      case .reject: records["reject " + event.name] = event.bytes
      case .end: ends.insert(event.bytes)
      case .request, .cursor, .note, .error: break
      }
    }
  }

  /// How another one differs, in words; nil if it does not.
  func difference(to other: Roster) -> String? {
    let lacks = records.keys.filter { other.records[$0] == nil }.sorted()
    if let first = lacks.first { return "\(lacks.count) records are missing, the first is \(first)" }
    let more = other.records.keys.filter { records[$0] == nil }.sorted()
    if let first = more.first { return "there are \(more.count) other records, the first is \(first)" }
    let changed = records.filter { other.records[$0.key] != $0.value }.keys.sorted()
    if let first = changed.first { return "\(changed.count) records are not the same, the first is \(first)" }
    if ends != other.ends {
      return "the ends of kinds are not the same (\(ends.count) and \(other.ends.count))"
    }
    return nil
  }
}
