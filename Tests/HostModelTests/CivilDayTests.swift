import HostModel
import Testing

struct CivilDayTests {
  @Test(
    arguments: [
      (CivilDay(year: 1970, month: 1, day: 1), 0), (CivilDay(year: 2000, month: 2, day: 29), 11_016),
      (CivilDay(year: 1969, month: 12, day: 31), -1), (CivilDay(year: 1600, month: 3, day: 1), -135_080),
      (CivilDay(year: 2100, month: 3, day: 1), 47_541),
    ] as [(CivilDay, Int64)])
  func `a day is so many days from 1970`(day: CivilDay, days: Int64) {
    #expect(day.daysSince1970 == days)
    #expect(CivilDay(daysSince1970: days) == day)
  }

  @Test func `every day of nine centuries is the day after the one before`() {
    var last = CivilDay(daysSince1970: -135_081)
    var wrong: [Int64] = []
    for days in Int64(-135_080)...200_000 {
      let day = CivilDay(daysSince1970: days)
      let isNext =
        (day.year, day.month, day.day) == (last.year, last.month, last.day + 1)
        || (day.day == 1 && (day.month == last.month + 1 || (day.month == 1 && day.year == last.year + 1)))
      if !isNext || day.daysSince1970 != days { wrong.append(days) }
      last = day
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: [
    CivilDay(year: 2025, month: 2, day: 29), CivilDay(year: 1900, month: 2, day: 29),
    CivilDay(year: 2025, month: 13, day: 1), CivilDay(year: 2025, month: 4, day: 31),
    CivilDay(year: 2025, month: 1, day: 0), CivilDay(year: 10_000, month: 1, day: 1),
  ])
  func `a day that the calendar lacks is not real`(day: CivilDay) { #expect(!day.isReal) }
}
