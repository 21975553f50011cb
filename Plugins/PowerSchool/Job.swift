/// One request that is to be made, or is on its way.
struct Job: Equatable {
  var resource: Resource
  /// The DCID of the school, where the list is a school's.
  var school = ""
  /// The DCID of the section, for its enrolments.
  var section = ""
  var page = 1

  /// - Parameter statuses: the enrolment statuses of students, as `A,P`.
  func target(size: Int, statuses: String) -> String {
    let paging = "page=\(page)&pagesize=\(size)"
    // The district's student list has no filter of its own (sis-apis.md 2.4): always say which.
    let filter = "q=school_enrollment.enroll_status==(\(statuses))"
    return switch resource {
    case .metadata: "/ws/v1/metadata"
    case .schools: "/ws/v1/district/school?\(paging)"
    case .terms: "/ws/v1/school/\(school)/term?\(paging)"
    case .courses: "/ws/v1/school/\(school)/course?\(paging)"
    case .staff:
      "/ws/v1/school/\(school)/staff?\(paging)&expansions=addresses,emails,phones,school_affiliations"
    case .studentCount: "/ws/v1/district/student/count?\(filter)"
    case .students:
      "/ws/v1/district/student?\(filter)&\(paging)"
        + "&expansions=demographics,addresses,phones,school_enrollment,contact_info"
    case .sections: "/ws/v1/school/\(school)/section?\(paging)"
    case .sectionEnrollments: "/ws/v1/section/\(section)/section_enrollment?\(paging)"
    }
  }

  var next: Job {
    var job = self
    job.page += 1
    return job
  }
}
