import CSISPlugin
import Foundation
import TestSupport
import Testing

/// The providers that this package builds, with the answers of a source that holds a little of everything.
enum BuiltProvider: String, CaseIterable, CustomTestStringConvertible {
  case csvRoster = "csv_roster"
  case powerSchool = "powerschool"

  var testDescription: String { rawValue }
  var path: String { BuiltTool.provider(rawValue).path }

  func table() throws -> UnsafePointer<sis_provider> {
    try #require(try RawProvider(path).table(major: SIS_ABI_MAJOR))
  }

  /// The body that answers the request for `target`; nil where there is nothing.
  func answer(to target: String) -> String? {
    let path = String(target.prefix { $0 != "?" })
    // Students are read until a page is empty.
    if path == "/ws/v1/district/student", !target.contains("&page=1&") { return #"{"students":{}}"# }
    return self == .csvRoster ? Self.files[path] : Self.lists[path]
  }

  private static let files = [
    "/orgs.csv": "sourcedId,name,orgType\n1,Elm,school\n",
    "/academicSessions.csv":
      "sourcedId,title,sessionType,beginDate,endDate\nt1,Fall,term,2026-08-17,2026-12-18\n",
    "/courses.csv": "sourcedId,title\nc1,\"Algebra \"\"I\"\"\"\n",
    "/classes.csv": "sourcedId,course,school,sessions\nk1,c1,1,t1;t2\nk2,c1\n",
    "/users.csv": "sourcedId,familyName,role,primaryOrg,shoeSize\nu1,Ash,student,1,9\n",
    "/enrollments.csv": "sourcedId,user,class,role\ne1,u1,k1,student\n",
  ]

  /// A district of one school, one of each thing in it.
  private static let lists = [
    "/ws/v1/metadata":
      #"{"metadata":{"school_max_page_size":100,"term_max_page_size":100,"course_max_page_size":100,"#
      + #""staff_max_page_size":100,"student_max_page_size":100,"section_max_page_size":100,"#
      + #""section_enrollment_max_page_size":100}}"#,
    "/ws/v1/district/school": #"{"schools":{"school":{"id":3,"name":"Elm","school_number":300}}}"#,
    "/ws/v1/school/3/term":
      #"{"terms":{"term":[{"id":7,"local_id":3600,"portion":1,"start_year":2026,"name":"2026-27","#
      + #""abbreviation":"26","start_date":"2026-08-17","end_date":"2027-06-11"}]}}"#,
    "/ws/v1/school/3/course":
      #"{"courses":{"course":[{"id":11,"course_number":"MA1","course_name":"Algebra"}]}}"#,
    "/ws/v1/school/3/staff":
      #"{"staffs":{"staff":[{"id":21,"users_dcid":63,"local_id":5,"name":{"first_name":"Ida","#
      + #""last_name":"Ash"},"school_affiliations":{"school_affiliation":[{"school_id":3,"type":1,"status":1}]}}]}}"#,
    "/ws/v1/district/student/count": #"{"resource":{"count":1}}"#,
    "/ws/v1/district/student":
      #"{"students":{"student":[{"id":31,"local_id":1042,"name":{"first_name":"Bo","last_name":"Elm"},"#
      + #""demographics":{"birth_date":"2011-02-03","gender":"F"},"school_enrollment":{"enroll_status":"A","#
      + #""grade_level":9,"school_id":3,"entry_date":"2026-08-17","exit_date":"2027-06-12"}}]}}"#,
    "/ws/v1/school/3/section":
      #"{"sections":{"section":[{"id":41,"section_number":"1","course_id":11,"school_id":3,"term_id":7,"#
      + #""staff_id":21,"expression":"1(A)"}]}}"#,
    "/ws/v1/section/41/section_enrollment":
      #"{"section_enrollments":{"section_enrollment":[{"id":51,"section_id":41,"student_id":31,"#
      + #""entry_date":"2026-08-17","exit_date":"2027-06-12","dropped":false}]}}"#,
  ]
}
