import Testing

@testable import SimulatorKit

@Suite struct DistrictTests {
  @Test func `the same plan gives the same truth, another seed another one`() {
    let plan = DistrictPlan(students: 120, seed: 3)
    let first = DistrictTruth.text(District(plan), source: .powerSchool(.standard))
    #expect(first == DistrictTruth.text(District(plan), source: .powerSchool(.standard)))
    let other = DistrictTruth.text(District(DistrictPlan(students: 120, seed: 4)), source: .powerSchool(.standard))
    #expect(first != other)
  }

  @Test func `every student sits in one section of each slot, and every section knows the same students`() {
    let district = District(DistrictPlan(students: 2000, seed: 8, schools: 5))
    var seats: [Int: Int] = [:]
    for index in 0..<district.base.sections {
      for enrollment in district.enrollments(of: index) {
        seats[enrollment.student, default: 0] += 1
        #expect(district.enrollment(id: enrollment.id)?.section == index)
      }
    }
    #expect(seats.count == 2000)
    #expect(seats.values.allSatisfy { $0 == 7 })
  }

  @Test func `a later day has leavers, arrivals, new names and moved students, the same each time`() {
    let base = DistrictPlan(students: 1000, seed: 2)
    var later = base
    later.day = 3
    later.change = 10
    let before = District(base)
    let after = District(later)
    let gone = (0..<1000).filter { !after.isCurrent($0) }
    let common = (0..<1000).filter { after.isCurrent($0) }
    #expect((20...80).contains(gone.count))
    #expect(after.current.count == 1000 - gone.count + after.changes.arrivals.count)
    #expect(after.changes.arrivals.count == 45)
    #expect(common.contains { before.student($0).school != after.student($0).school })
    let renamed = common.filter { index in
      func family(_ district: District) -> String {
        let name = ByteBuffer()
        district.student(index).writeFamily(to: name)
        return name.text
      }
      return family(before) != family(after)
    }
    #expect((60...150).contains(renamed.count))
    #expect(District(later).current == after.current)
    for student in gone { #expect(after.enrollment(id: Enrollment.firstID + student * 7) == nil) }
  }

  @Test func `a district may have no students, or more schools than students`() {
    for plan in [DistrictPlan(students: 0), DistrictPlan(students: 2, schools: 9, day: 2, change: 100)] {
      let text = DistrictTruth.text(District(plan), source: .powerSchool(.standard))
      #expect(text.contains("\"kind\":\"org\""))
    }
  }

  @Test func `days are counted as the calendar does`() {
    for (year, month, day) in [(1970, 1, 1), (2024, 2, 29), (2025, 12, 31), (2100, 3, 1)] {
      let civil = CivilDay(year, month, day)
      #expect(civil.components == (year, month, day))
    }
    #expect(CivilDay(2024, 3, 1) - 1 == CivilDay(2024, 2, 29))
    #expect(CivilDay(1970, 1, 1).number == 0)
  }
}
