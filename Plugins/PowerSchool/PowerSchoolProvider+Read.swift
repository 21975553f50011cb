import SISKit

/// Reads one answer: emits its records, and changes nothing, since the same request may be answered again.
extension PowerSchoolProvider {
  func read(_ response: borrowing Response, of job: Job, into output: inout Output) throws(ProviderError) -> Page {
    let place = "GET " + job.target(size: sizes.size(of: job.resource), statuses: options.statuses)
    switch response.status {
    case 200: break
    case 204: return Page()
    case 403: return try forbidden(response, job, place, output)
    case 404 where job.resource == .metadata || job.resource == .studentCount: return Page()
    case 404:
      throw ProviderError(
        .notFound, "\(place) was answered with status 404: check the base URL, and that it is a PowerSchool server")
    default:
      throw ProviderError(.config, "\(place) was answered with status \(response.status)")
    }
    var page = Page()
    do throws(JSONError) { try read(response.body, of: job, &page, &output) } catch {
      throw error == JSONError(code: .wrongKind, offset: 0)
        ? ProviderError(.protocol, "\(place): the answer has no \"\(job.resource.wrapper.list)\"")
        : ProviderError(error, in: place)
    }
    return page
  }

  /// A plugin in PowerSchool without the right to one resource leaves that out and reads the rest (PS-Q22); without the
  /// schools nothing can be read.
  private func forbidden(
    _ response: borrowing Response, _ job: Job, _ place: String, _ output: borrowing Output
  ) throws(ProviderError) -> Page {
    let text = lowercase(response.body)
    // A throttled request may carry 403 as well (PS-Q23).
    if text.contains("too many requests") {
      throw ProviderError(.throttled, "\(place): too many requests", retryAfterMilliseconds: seconds(in: text) * 1_000)
    }
    guard job.resource != .schools else {
      throw ProviderError(
        .forbidden, "\(place) was answered with status 403: the plugin in PowerSchool has no right to read schools")
    }
    output.note(
      "\(place) was answered with status 403: the plugin in PowerSchool has no right to it; the rest is read, "
        + "and nothing is removed for want of it", isWarning: true)
    var page = Page()
    page.isForbidden = true
    return page
  }

  private func lowercase(_ body: RawSpan) -> String {
    body.extracting(first: 2_048).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }.lowercased()
  }

  /// The first number in the text; 1 where there is none.
  private func seconds(in text: String) -> Int64 {
    let digits = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }.prefix(5)
    return Int64(digits) ?? 1
  }

  private func read(
    _ body: RawSpan, of job: Job, _ page: inout Page, _ output: inout Output
  ) throws(JSONError) {
    var reader = JSONReader(body)
    switch job.resource {
    case .metadata: page.sizes = try readMetadata(&reader)
    case .studentCount: page.count = try readCount(&reader)
    default:
      try reader.page(of: job.resource) { (reader) throws(JSONError) in
        page.rows += 1
        let start = reader.checkpoint
        do throws(JSONError) { try readElement(&reader, job, &page, &output) } catch {
          // An element of a wrong shape is one record less, not a page less. What is no JSON fails in `skip` again.
          guard error.code == .wrongKind || error.code == .outOfRange else { throw error }
          reader.rewind(to: start)
          try reader.skip()
          lose(job.resource, "an element of \(job.resource.word) has another shape: \(error)", &output)
        }
      }
    }
  }

  /// An element cannot be read: what comes of it, and what hangs on it, is not to be taken for gone.
  private func lose(_ resource: Resource, _ reason: String, _ output: inout Output) {
    let kinds: [Kind] =
      switch resource {
      case .schools: [.org, .academicSession, .course, .class, .user, .enrollment]
      case .terms: [.academicSession]
      case .courses: [.course]
      case .staff: [.user, .enrollment]
      case .students: [.user, .demographics]
      case .sections: [.class, .enrollment]
      case .sectionEnrollments: [.enrollment]
      case .metadata, .studentCount: []
      }
    for kind in kinds { output.reject(kind, id: "", field: .sourcedID, reason) }
  }

  private func readMetadata(_ reader: inout JSONReader) throws(JSONError) -> PageSizes {
    var learned = sizes
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "metadata") { try learned.read(&reader) } else { try reader.skip() }
    }
    try reader.finish()
    return learned
  }

  /// `{"resource":{"count":423}}`, or `{"count":423}` as some of the vendor's texts have it.
  private func readCount(_ reader: inout JSONReader) throws(JSONError) -> Int? {
    var count: Int?
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "count") {
        count = try reader.lenientScalar().flatMap { reader.integer(of: $0) }.flatMap { Int(exactly: $0) }
      } else if reader.matches(key, "resource") {
        try reader.members { (key, reader) throws(JSONError) in
          guard reader.matches(key, "count") else { return try reader.skip() }
          count = try reader.lenientScalar().flatMap { reader.integer(of: $0) }.flatMap { Int(exactly: $0) }
        }
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    // Ten million students are none of this world's.
    return count.flatMap { (0...StudentPages.most).contains($0) ? $0 : nil }
  }

  private func readElement(
    _ reader: inout JSONReader, _ job: Job, _ page: inout Page, _ output: inout Output
  ) throws(JSONError) {
    switch job.resource {
    case .metadata, .studentCount: try reader.skip()
    case .schools:
      var school = School()
      try school.read(&reader)
      // Ids become parts of paths.
      guard let id = copy(school.id, of: reader), id.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return lose(.schools, "a school has no numeric id", &output)
      }
      page.schools.append(String(decoding: id, as: UTF8.self))
      if resume == nil { school.emit(to: &output, of: reader) }
    case .terms:
      var term = Term()
      try term.read(&reader)
      page.terms.append(term)
    case .courses:
      var course = Course()
      try course.read(&reader)
      course.emit(to: &output, of: reader)
    case .staff:
      guard let member = try StaffMember.read(&reader) else {
        return lose(.staff, "a staff member has no id", &output)
      }
      page.staff.append(member)
    case .students:
      var student = Student()
      try student.read(&reader)
      student.emit(to: &output, of: reader)
    case .sections:
      var section = Section()
      try section.read(&reader)
      guard let id = copy(section.id, of: reader), id.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return lose(.sections, "a section has no numeric id", &output)
      }
      page.sections.append(String(decoding: id, as: UTF8.self))
      section.emit(to: &output, of: reader, directory: directory)
    case .sectionEnrollments:
      var enrollment = SectionEnrollment()
      try enrollment.read(&reader)
      enrollment.emit(to: &output, of: reader, school: job.school)
    }
  }
}
