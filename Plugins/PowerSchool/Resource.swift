/// The lists of `/ws/v1` that are read, and how their answers are wrapped.
enum Resource: CaseIterable {
  case metadata, schools, terms, courses, staff, studentCount, students, sections, sectionEnrollments

  /// The key of the list, and the key of its elements.
  var wrapper: (list: StaticString, element: StaticString) {
    switch self {
    case .metadata: ("metadata", "metadata")
    case .schools: ("schools", "school")
    case .terms: ("terms", "term")
    case .courses: ("courses", "course")
    case .staff: ("staffs", "staff")
    case .studentCount: ("resource", "count")
    case .students: ("students", "student")
    case .sections: ("sections", "section")
    case .sectionEnrollments: ("section_enrollments", "section_enrollment")
    }
  }

  /// What statistics call it.
  var word: StaticString {
    switch self {
    case .metadata: "metadata"
    case .schools: "schools"
    case .terms: "terms"
    case .courses: "courses"
    case .staff: "staff"
    case .studentCount: "student_count"
    case .students: "students"
    case .sections: "sections"
    case .sectionEnrollments: "section_enrollments"
    }
  }

  /// The member of `/ws/v1/metadata` that tells the largest page (PS-Q13).
  var sizeKey: StaticString? {
    switch self {
    case .metadata, .studentCount: nil
    case .schools: "school_max_page_size"
    case .terms: "term_max_page_size"
    case .courses: "course_max_page_size"
    case .staff: "staff_max_page_size"
    case .students: "student_max_page_size"
    case .sections: "section_max_page_size"
    case .sectionEnrollments: "section_enrollment_max_page_size"
    }
  }
}
