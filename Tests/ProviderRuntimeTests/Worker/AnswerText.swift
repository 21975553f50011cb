import HostModel
import SyncCore

extension SessionAnswer {
  /// Everything in it, as text: two answers are the same if their texts are.
  var text: String {
    var lines = ["done \(isDone)", "bytes \(batch.bytes.count) \(batch.bytes.hashValue)"]
    lines += batch.entries.map { entry in
      "\(entry.kind) \(batch.sourcedID(of: entry)) at \(entry.idOffset) \(entry.offset): "
        + "\(batch.json(of: entry)) \(entry.digest.high) \(entry.digest.low)"
    }
    lines += rejects.map { "reject \($0)" }
    lines += requests.map { "request \($0)" }
    lines += ends.map { "end \($0)" }
    lines += notes.map { "note \($0)" }
    lines += [resume, bookmark].map { cursor in
      cursor.map { "cursor \($0.version) \($0.bytes)" } ?? "no cursor"
    }
    return lines.joined(separator: "\n")
  }
}
