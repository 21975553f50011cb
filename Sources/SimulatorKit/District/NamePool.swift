/// A name as people write it, and the plain letters that go into login names and mail addresses.
struct PersonName: Sendable {
  let display: StaticString
  let plain: StaticString
  init(_ display: StaticString, _ plain: StaticString) {
    self.display = display
    self.plain = plain
  }
}

/// The names of the district: mostly what a school in Arizona has, and on purpose everything that breaks a
/// careless reader (accents, apostrophes, quotes, a backslash, Chinese, an emoji outside the BMP).
enum NamePool {
  static let given: [PersonName] = [
    .init("Ana", "ana"), .init("Bo", "bo"), .init("José", "jose"), .init("Noah", "noah"),
    .init("Olivia", "olivia"), .init("Liam", "liam"), .init("Renée", "renee"), .init("Zoë", "zoe"),
    .init("Emma", "emma"), .init("Aiden", "aiden"), .init("Nuñez", "nunez"), .init("D’Andre", "dandre"),
    .init("Mary-Jane", "maryjane"), .init("Sofía", "sofia"), .init("Mateo", "mateo"), .init("Ava", "ava"),
    .init("William \"Bill\"", "william"), .init("小明", "xiaoming"), .init("さくら", "sakura"), .init("민준", "minjun"),
    .init("Łukasz", "lukasz"), .init("Siân", "sian"), .init("Håkon", "hakon"), .init("Chloé", "chloe"),
    .init("Isabella", "isabella"), .init("Ethan", "ethan"), .init("Mia", "mia"), .init("Lucas", "lucas"),
    .init("Amelia", "amelia"), .init("Elijah", "elijah"), .init("Harper", "harper"), .init("Logan", "logan"),
    .init("Aaliyah", "aaliyah"), .init("Jayden", "jayden"), .init("Star 🌟", "star"), .init("Mohammed", "mohammed"),
    .init("Fatima", "fatima"), .init("Yusuf", "yusuf"), .init("Priya", "priya"), .init("Arjun", "arjun"),
  ]

  static let family: [PersonName] = [
    .init("Rivera", "rivera"), .init("Ng", "ng"), .init("O'Brien", "obrien"), .init("Muñoz", "munoz"),
    .init("García", "garcia"), .init("Smith", "smith"), .init("Johnson", "johnson"), .init("Nguyễn", "nguyen"),
    .init("Begay", "begay"), .init("Martínez", "martinez"), .init("St. John", "stjohn"), .init("王", "wang"),
    .init("Kim", "kim"), .init("Patel", "patel"), .init("Müller", "muller"), .init("D'Angelo", "dangelo"),
    .init("Brown", "brown"), .init("Davis", "davis"), .init("van der Berg", "vanderberg"), .init("Łopez", "lopez"),
    .init("Wilson", "wilson"), .init("Anderson", "anderson"), .init("Thomas", "thomas"), .init("Tsosie", "tsosie"),
    .init("Moore", "moore"), .init("Jackson", "jackson"), .init("Çelik", "celik"), .init("Þórsson", "thorsson"),
    .init("White", "white"), .init("Harris", "harris"), .init("Clark", "clark"), .init("Ramírez", "ramirez"),
    .init("Lewis", "lewis"), .init("Robinson", "robinson"), .init("Young", "young"), .init("Al-Sayed", "alsayed"),
    .init("Sánchez", "sanchez"), .init("Wright", "wright"), .init("Scott\\Hall", "scotthall"), .init("Yazzie", "yazzie"),
    .init("Torres", "torres"), .init("Hill", "hill"), .init("Green", "green"), .init("Adams", "adams"),
    .init("Baker", "baker"), .init("Null", "null"), .init("Campbell", "campbell"), .init("Mitchell", "mitchell"),
  ]

  static let middle: [StaticString] = ["L", "M.", "Ann", "José", "Lee", "Marie", "Ray", "É.", "James", "Q"]
  static let streets: [StaticString] = [
    "Elm St", "Oak Ave", "Calle Cañón", "N 1st St", "Main St", "O'Hara Ln", "W Brown Rd", "S Mesa Dr", "Via Élan",
    "E University Dr", "Alma School Rd", "Pepper Pl",
  ]
  static let cities: [StaticString] = ["Mesa", "Gilbert", "Cañon Vista", "Queen Creek", "Tempe", "Apache Junction"]
  static let schools: [StaticString] = [
    "Elm", "Desert Sky", "Cañon", "Lincoln", "O'Connor", "Red Mountain", "Palo Verde", "César Chávez",
    "Sunrise", "Westwood", "Skyline", "Franklin",
  ]
  static let subjects: [(title: StaticString, code: StaticString)] = [
    ("Mathematics", "MA"), ("English", "EN"), ("Science", "SC"), ("Social Studies", "SS"),
    ("Physical Education", "PE"), ("Art & Music", "AM"), ("Español", "SP"), ("Health", "HE"),
    ("Computing", "CS"), ("Reading", "RD"), ("Chorus", "CH"), ("Study Skills", "SK"),
  ]
}
