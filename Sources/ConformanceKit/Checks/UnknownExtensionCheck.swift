import CSISPlugin
import ProviderRuntime

struct UnknownExtensionCheck: Check {
  let name = "unknown-extension"
  let proves = "an extension id that it does not know, or one with something behind it, gets NULL"
  let needs = CheckNeeds.file

  private static let ids = [
    "", "sis.", "sis.none/1", "sis.none/0", "SIS.NONE/1", "\u{1F50C}", "../../etc/passwd",
  ]
  /// What might be known one day: then it must be known by its whole name.
  private static let plausible = ["sis.webhook/1", "sis.writeback/1", "sis.fields/1", "sis.delta/1"]

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    let garbage = ["x", "0", " ", "/", "\n", String(repeating: "y", count: 100_000)]
    // What it answers to any id, it may only answer to the id as a whole.
    let whole = Self.plausible + (try Self.named(context))
    let ids = Self.ids + whole.flatMap { id in garbage.map { id + $0 } }
    for id in ids {
      let call = "extension(\"\(id.prefix(60))\")"
      let answer = subject.trace.during(call) { subject.table.pointee.extension(subject.table, id) }
      guard answer == nil else {
        throw CheckFailure("it answers an extension to an id that nobody gave away", call: call)
      }
    }
    return "\(ids.count) ids"
  }

  /// Ids that stand in the library itself, as `org.example.tally/1`.
  private static func named(_ context: CheckContext) throws(CheckFailure) -> [String] {
    let manifest = try context.inspection().manifest
    return ["sis.\(manifest.id)/1", "org.\(manifest.id)/1"]
  }
}
