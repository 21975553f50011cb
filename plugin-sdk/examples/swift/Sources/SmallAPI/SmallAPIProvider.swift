import SISKit

/// Reads a district from the small API: everything, or what changed since the last published run.
struct SmallAPIProvider: Provider {
  private let options: Options
  private let jobs: [Job]
  /// Where a delta begins; nil for a full read.
  private let since: String?
  private var place: Place
  /// The request for `place` is on its way.
  private var hasAsked = false

  private static let usualLimit = 200
  private static let mostLimit = 500

  init(_ opening: Opening, _ output: inout Output) throws(ProviderError) {
    options = try Options(opening.config)
    let isDelta = opening.mode == .delta
    since = isDelta ? try Place.since(opening.bookmark, schools: options.schools) : nil
    jobs = Job.all(schools: options.schools, isDelta: isDelta)
    place = Place(limit: min(opening.pageSize ?? Self.usualLimit, Self.mostLimit))
    if let cursor = opening.cursor {
      try place.resume(cursor, schools: options.schools, jobs: jobs.count)
    }
  }

  mutating func next(_ output: inout Output) throws(ProviderError) -> Step {
    // Only a run that was interrupted behind its last page begins here.
    guard place.job < jobs.count else { return .done }
    guard !hasAsked, output.grant > 0 else { return .more }
    let job = jobs[place.job]
    output.request(
      id: requestID, target: job.target(page: place.page, limit: place.limit, since: since),
      resource: job.list.word)
    hasAsked = true
    return .more
  }

  private var requestID: UInt64 { UInt64(place.job) << 32 | UInt64(place.page) }

  mutating func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step {
    guard hasAsked, response.id == requestID else {
      throw ProviderError(.internal, "the answer to request \(response.id) was not asked for")
    }
    let job = jobs[place.job]
    let page = try read(response, of: job, &output)
    // From here on nothing can fail: the state may change.
    hasAsked = false
    if place.asOf.isEmpty { place.asOf = page.asOf }
    place.seen += page.count
    if page.count > 0, place.page * place.limit < page.total {
      place.page += 1
    } else {
      end(job, total: page.total, &output)
      place.job += 1
      place.page = 1
      place.seen = 0
    }
    output.resume(at: place.bytes(schools: options.schools), version: Place.version)
    guard place.job == jobs.count else { return try next(&output) }
    // Without a bookmark the next run reads everything: something may have slipped between two pages.
    if place.isWhole { output.bookmark(place.bookmark(schools: options.schools), version: Place.version) }
    return .done
  }

  /// A list was read to its end. Only if every element was seen may those that were not be taken for gone, and only
  /// where everything was asked for.
  private mutating func end(_ job: Job, total: Int, _ output: inout Output) {
    let isComplete = place.seen == total
    if !isComplete {
      place.isWhole = false
      output.note(
        "the list of \(job.list.word) changed while it was read: nothing is taken for removed",
        isWarning: true)
    }
    guard since == nil, let kind = job.list.kind else { return }
    if job.list == .schools, !options.schools.isEmpty {
      // Of the schools that are not chosen nothing is known.
      for school in options.schools { output.end(kind, complete: isComplete, scope: [(.sourcedID, school)]) }
    } else if let school = job.school {
      output.end(kind, complete: isComplete, scope: [(job.list.schoolField, school)], expected: UInt64(total))
    } else {
      output.end(kind, complete: isComplete, expected: UInt64(total))
    }
  }

  // MARK: - Reading a page

  /// What a page says besides its elements.
  private struct Page {
    var asOf = ""
    var total = 0
    var count = 0
  }

  private func read(
    _ response: borrowing Response, of job: Job, _ output: inout Output
  ) throws(ProviderError) -> Page {
    switch response.status {
    case 200: break
    case 400 where job.school != nil:
      throw ProviderError(
        .config, "the server refuses the school \(job.school ?? ""): is there one with this id?",
        pointer: "/schools")
    case 403: throw ProviderError(.forbidden, "the key has no right to this list")
    case 410:
      // The server has forgotten what changed since then: the host begins anew with a full read.
      throw ProviderError(.cursor, "the server does not keep changes from so long ago")
    default: throw ProviderError(.notFound, "the server answered with status \(response.status)")
    }
    var reader = JSONReader(response.body)
    var page = Page()
    var (hasItems, total) = (false, Int64(-1))
    do throws(JSONError) {
      try reader.eachMember { (key, reader) throws(JSONError) in
        if reader.matches(key, "items") {
          hasItems = true
          try reader.eachOneOrMany { (reader) throws(JSONError) in
            page.count += 1
            try readElement(&reader, of: job, &output)
          }
        } else if reader.matches(key, "total") {
          total = try reader.integer()
        } else if reader.matches(key, "asOf") {
          page.asOf = reader.text(try reader.string())
        } else {
          try reader.skip()
        }
      }
      try reader.finish()
    } catch { throw ProviderError(error, in: "the page") }
    // An answer of another kind must not pass for an empty list.
    guard hasItems, total >= 0, !page.asOf.isEmpty, let count = Int(exactly: total) else {
      throw ProviderError(.protocol, "the answer has no items, no total or no asOf")
    }
    page.total = count
    return page
  }

  private func readElement(
    _ reader: inout JSONReader, of job: Job, _ output: inout Output
  ) throws(JSONError) {
    let start = reader.checkpoint
    do throws(JSONError) {
      switch job.list {
      case .schools: try School(&reader).emit(to: &output, of: reader, chosen: options.schools)
      case .people: try Person(&reader).emit(to: &output, of: reader, withBus: options.readsBusRoutes)
      case .groups: try Group(&reader).emit(to: &output, of: reader)
      case .memberships: try Membership(&reader).emit(to: &output, of: reader)
      case .removals: try Removal(&reader).emit(to: &output, of: reader)
      }
    } catch {
      // An element of a wrong shape is one record less, not a page less. What is no JSON at all fails in `skip` again.
      guard error.code == .wrongKind, let kind = job.list.kind else { throw error }
      reader.rewind(to: start)
      try reader.skip()
      output.reject(kind, id: "", "an element of \(job.list.word) has another shape: \(error)")
    }
  }
}
