/// The roster resources of `/ws/v1` (sis-apis.md 2.4, 2.5).
package enum Resource: String, CaseIterable, Sendable {
  case school, term, course, staff, section, student
  case sectionEnrollment = "section_enrollment"

  /// The container of a list.
  var plural: StaticString {
    switch self {
    case .school: "schools"
    case .term: "terms"
    case .course: "courses"
    case .staff: "staffs"
    case .section: "sections"
    case .student: "students"
    case .sectionEnrollment: "section_enrollments"
    }
  }

  var single: StaticString {
    switch self {
    case .school: "school"
    case .term: "term"
    case .course: "course"
    case .staff: "staff"
    case .section: "section"
    case .student: "student"
    case .sectionEnrollment: "section_enrollment"
    }
  }

  var maximumName: StaticString {
    switch self {
    case .school: "school_max_page_size"
    case .term: "term_max_page_size"
    case .course: "course_max_page_size"
    case .staff: "staff_max_page_size"
    case .section: "section_max_page_size"
    case .student: "student_max_page_size"
    case .sectionEnrollment: "section_enrollment_max_page_size"
    }
  }

  /// The expansions on offer: separated by comma and space, the extensions by comma alone (PS-Q09).
  var expansions: StaticString? {
    switch self {
    case .school: "school_boundary, addresses, phones, principal"
    case .staff: "addresses, emails, phones, school_affiliations"
    case .section: "term"
    case .student:
      "demographics, addresses, alerts, phones, school_enrollment, ethnicity_race, contact, contact_info"
    case .term, .course, .sectionEnrollment: nil
    }
  }

  var extensions: StaticString? {
    switch self {
    case .student: "studentcorefields,u_local"
    case .course: "s_crs_x"
    case .section: "s_sec_x"
    case .sectionEnrollment: "s_cc_x"
    case .school, .term, .staff: nil
    }
  }
}
