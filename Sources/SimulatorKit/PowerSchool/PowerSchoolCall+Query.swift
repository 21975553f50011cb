extension PowerSchoolCall {
  /// The PowerQueries that every PowerSchool has and that need no plugin (sis-apis.md 2.6): all values are
  /// strings, and without rows there is no `record` (PS-Q07, PS-Q08).
  func query(_ name: String) {
    guard request.method == "POST" else { return service.failure(405, "Method Not Allowed", answer) }
    switch name {
    case "com.pearson.core.student.student_dcid_id_map":
      let students = district.current
      rows(students.count, table: "students") { body, at in
        let student = district.student(Int(students[at]))
        body.append("\"dcid\":\"")
        body.append(student.dcid)
        body.append("\",\"student_number\":\"")
        body.append(student.number)
        body.append("\"")
      }
    case "com.pearson.core.teachers.sectionEnrollments":
      guard let id = argument("section_dcid"), let index = index(id, Section.firstID) else {
        return service.failure(400, "Validation Failed", answer, field: "section_dcid")
      }
      let found = index < district.base.sections ? district.enrollments(of: index) : []
      rows(found.count, table: "cc") { body, at in
        body.append("\"dcid\":\"")
        body.append(found[at].id)
        body.append("\",\"studentid\":\"")
        body.append(Student.firstID + found[at].student)
        body.append("\",\"dateenrolled\":\"")
        found[at].entry.write(to: body)
        body.append("\"")
      }
    default: notFound()
    }
  }

  private func rows(_ count: Int, table: StaticString, _ columns: (ByteBuffer, Int) -> Void) {
    let body = answer.body
    var page = 0..<count
    // pagesize=0 streams everything.
    if request.parameter("pagesize") != "0" {
      switch Paging.read(request, maximum: 100, clamps: quirks[.pageSizeAboveMaximum]) {
      case .invalid(let field, let message): return service.failure(400, message, answer, field: field)
      case .page(let number, let size): page = Paging.rows(number, size, of: count)
      }
    }
    body.append("{")
    if !page.isEmpty {
      body.append("\"name\":\"")
      body.append(table)
      body.append("\",\"record\":[")
      for at in page {
        if at > page.lowerBound { body.append(",") }
        body.append("{\"id\":")
        body.append(at + 1)
        body.append(",\"name\":\"")
        body.append(table)
        body.append("\",")
        columns(body, at)
        body.append("}")
      }
      body.append("],")
    }
    body.append("\"@extensions\":\"\"}")
  }

  /// A number among the named arguments: `{"section_dcid":30000}` or with quotes; nothing else is read here.
  private func argument(_ name: String) -> Int? {
    let text = String(decoding: request.body, as: UTF8.self)
    guard let key = text.range(of: "\"\(name)\"") else { return nil }
    let digits = text[key.upperBound...].drop { ": \"\t\r\n".contains($0) }.prefix { $0.isASCII && $0.isNumber }
    return Int(digits)
  }
}

extension StringProtocol {
  /// Where a text stands in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return nil
  }
}
