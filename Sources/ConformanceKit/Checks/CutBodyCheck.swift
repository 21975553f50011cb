import CSISPlugin
import HostModel
import SyncCore

struct CutBodyCheck: Check {
  let name = "cut-body"
  let proves =
    "a body that is cut short does no harm, and half a JSON document is never taken for a whole one"
  let needs = CheckNeeds.recording

  private static let most = 32

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    var hostile = HostileAnswers(context: context) { _, response in
      context.selection(Array(1..<max(response.body.count, 1)), most: Self.most).map { length in
        var cut = response
        cut.body = Array(response.body.prefix(length))
        return ("a body cut to \(length) of \(response.body.count) bytes", cut)
      }
    }
    hostile.objection = { request, response, result in
      // Who is told "403" need not read why.
      guard request.expect == .json, (200...299).contains(response.status), result.status >= 0,
        Self.isHalf(response.body)
      else { return nil }
      return "it takes half a JSON document for whole: records that are missing would be taken for gone"
    }
    return "\(try hostile.run()) answers"
  }

  /// An object or a list whose last sign is not its end.
  private static func isHalf(_ body: [UInt8]) -> Bool {
    guard let first = body.first(where: { $0 > 0x20 }), let last = body.last(where: { $0 > 0x20 }) else {
      return false
    }
    return first == UInt8(ascii: "{") && last != UInt8(ascii: "}")
      || first == UInt8(ascii: "[") && last != UInt8(ascii: "]")
  }
}
