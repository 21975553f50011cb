/// All options, for serving and for the truth alike: what makes the district must be the same in both.
package struct SimulatorOptions: Sendable {
  package var plan = DistrictPlan()
  package var powerSchool = PowerSchoolOptions()
  package var server = ServerOptions()
  /// What `Authorization: Bearer` must say, where no vendor's own way is simulated.
  package var token: String?
  /// The folder of `sis-simulator files`.
  package var folder = "."
  package var logPath: String?
  package var exitsWithParent = false

  package init(_ words: ArraySlice<String>) throws(UsageError) {
    var words = words
    while let word = words.popFirst() {
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var name = String(halves.first ?? "")
      var inline: String? = halves.count > 1 ? String(halves[1]) : nil
      if !name.hasPrefix("--") {
        name = word
        inline = nil
      }
      guard Self.flags.contains(name) || Self.valued.contains(name) else {
        throw UsageError.unknown(word.hasPrefix("-") ? "option" : "argument", name, among: Self.flags + Self.valued)
      }
      if Self.flags.contains(name) {
        guard inline == nil else { throw UsageError("\(name) takes no value.") }
        set(flag: name)
      } else {
        guard let value = inline ?? words.popFirst() else { throw UsageError("\(name) needs a value; see --help.") }
        try set(name, value)
      }
    }
    powerSchool.quirks[.staffTwice] ? () : (plan.sharesStaff = false)
    powerSchool.quirks[.noLeadTeacher] ? () : (plan.hasTeacherlessSections = false)
  }

  private static let flags = ["--gzip", "--no-gzip", "--exit-with-parent"]
  private static let valued = [
    "--students", "--seed", "--schools", "--enrollments-per-student", "--start-year", "--day", "--change", "--port",
    "--host", "--client-id", "--client-secret", "--token", "--token-life", "--quirk", "--fault", "--rate-limit",
    "--rate-window", "--latency", "--page-size", "--log", "--retry-after", "--slow-ms",
  ]

  private mutating func set(flag: String) {
    switch flag {
    case "--gzip": server.gzip = true
    case "--no-gzip": server.gzip = false
    default: exitsWithParent = true
    }
  }

  private mutating func set(_ name: String, _ value: String) throws(UsageError) {
    switch name {
    case "--students": plan.students = try Self.number(name, value, DistrictPlan.studentRange)
    case "--schools": plan.schools = try Self.number(name, value, DistrictPlan.schoolRange)
    case "--enrollments-per-student":
      plan.enrollmentsPerStudent = try Self.number(name, value, DistrictPlan.enrollmentRange)
    case "--start-year": plan.startYear = try Self.number(name, value, DistrictPlan.startYearRange)
    case "--day": plan.day = try Self.number(name, value, DistrictPlan.dayRange)
    case "--seed":
      guard let seed = UInt64(value) else { throw UsageError("--seed takes a number from 0, not \"\(value)\".") }
      plan.seed = seed
    case "--change":
      let text = value.hasSuffix("%") ? String(value.dropLast()) : value
      guard let change = Double(text), DistrictPlan.changeRange.contains(change) else {
        throw UsageError("--change takes a percentage from 0 to 100, not \"\(value)\".")
      }
      plan.change = change
    case "--port": server.port = UInt16(clamping: try Self.number(name, value, 0...65_535))
    case "--host": server.host = value == "localhost" ? "127.0.0.1" : value
    case "--log": logPath = value
    case "--latency": server.latency = try Self.number(name, value, 0...60_000)
    case "--retry-after": server.retryAfter = try Self.number(name, value, 0...86_400)
    case "--slow-ms": server.slowMilliseconds = try Self.number(name, value, 0...600_000)
    case "--fault": server.faults.append(try Fault(value))
    case "--token": token = value
    default: try setPowerSchool(name, value)
    }
  }

  private mutating func setPowerSchool(_ name: String, _ value: String) throws(UsageError) {
    switch name {
    case "--client-id": powerSchool.clientID = value
    case "--client-secret": powerSchool.clientSecret = value
    case "--token-life": powerSchool.tokenLife = try Self.number(name, value, 1...31_536_000)
    case "--rate-limit": powerSchool.requestLimit = try Self.number(name, value, 0...1_000_000)
    case "--rate-window": powerSchool.requestWindow = try Self.number(name, value, 1...3_600)
    case "--quirk": try powerSchool.quirks.apply(value)
    default:
      for part in value.split(separator: ",") {
        let pair = part.split(separator: "=", maxSplits: 1)
        let words = Dictionary(uniqueKeysWithValues: Resource.allCases.map { ("\($0.plural)", $0) })
        let word = String(pair.first ?? "")
        guard let resource = Resource(rawValue: word) ?? words[word] else {
          throw UsageError.unknown("resource", word, among: Resource.allCases.map(\.rawValue))
        }
        let size = pair.count > 1 ? String(pair[1]) : ""
        powerSchool.pageSizes[resource] = try Self.number("--page-size \(word)", size, 1...100_000)
      }
    }
  }

  private static func number(_ name: String, _ text: String, _ range: ClosedRange<Int>) throws(UsageError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw UsageError("\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\".")
    }
    return number
  }
}
