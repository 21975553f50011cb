/// What a district is made from: the same plan gives the same district, byte for byte, in every process.
package struct DistrictPlan: Sendable, Equatable {
  /// Students that are active or pre-registered on day 0: what a full sync reads.
  package var students: Int
  package var seed: UInt64
  /// 0: one for each 600 students, at least 3.
  package var schools: Int
  package var enrollmentsPerStudent: Int
  /// The school year begins in August of it.
  package var startYear: Int
  /// Days of change after day 0, and the share of students that change each day, in percent.
  package var day: Int
  package var change: Double
  /// Teachers who work at two schools (PS-Q14), and sections without a lead teacher (PS-Q24).
  package var sharesStaff = true
  package var hasTeacherlessSections = true

  package init(
    students: Int = 1000, seed: UInt64 = 1, schools: Int = 0, enrollmentsPerStudent: Int = 7,
    startYear: Int = 2025, day: Int = 0, change: Double = 2
  ) {
    self.students = students
    self.seed = seed
    self.schools = schools
    self.enrollmentsPerStudent = enrollmentsPerStudent
    self.startYear = startYear
    self.day = day
    self.change = change
  }

  /// The limits of the numbering: ids stay below 2^31, and all arithmetic far from overflow.
  package static let studentRange = 0...2_000_000
  package static let schoolRange = 0...5000
  package static let enrollmentRange = 0...32
  package static let startYearRange = 1991...2100
  package static let dayRange = 0...1000
  package static let changeRange = 0.0...100.0
}
