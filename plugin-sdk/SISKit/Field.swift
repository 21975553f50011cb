import CSISPlugin

/// A field of a record (`SIS_F_...`). Its lexical form is fixed by `sis_plugin.h`: T text, W word, I id, D date
/// (YYYY-MM-DD), Z date-time, B boolean, N integer; + it may be repeated, # it is a part of a composite value and
/// needs a group.
public struct Field: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// I
  public static let sourcedID = Field(rawValue: SIS_F_SOURCED_ID)
  /// W
  public static let status = Field(rawValue: SIS_F_STATUS)
  /// Z
  public static let lastModified = Field(rawValue: SIS_F_LAST_MODIFIED)
  /// I
  public static let previousID = Field(rawValue: SIS_F_PREVIOUS_ID)
  /// T+
  public static let identifier = Field(rawValue: SIS_F_IDENTIFIER)
  /// T+
  public static let `extension` = Field(rawValue: SIS_F_EXTENSION)
  /// T
  public static let name = Field(rawValue: SIS_F_NAME)
  /// W
  public static let orgType = Field(rawValue: SIS_F_ORG_TYPE)
  /// I
  public static let parent = Field(rawValue: SIS_F_PARENT)
  /// W
  public static let lowGrade = Field(rawValue: SIS_F_LOW_GRADE)
  /// W
  public static let highGrade = Field(rawValue: SIS_F_HIGH_GRADE)
  /// T
  public static let timeZone = Field(rawValue: SIS_F_TIME_ZONE)
  /// T
  public static let title = Field(rawValue: SIS_F_TITLE)
  /// W
  public static let sessionType = Field(rawValue: SIS_F_SESSION_TYPE)
  /// N
  public static let schoolYear = Field(rawValue: SIS_F_SCHOOL_YEAR)
  /// T
  public static let code = Field(rawValue: SIS_F_CODE)
  /// W
  public static let classType = Field(rawValue: SIS_F_CLASS_TYPE)
  /// I
  public static let course = Field(rawValue: SIS_F_COURSE)
  /// I
  public static let school = Field(rawValue: SIS_F_SCHOOL)
  /// I+
  public static let session = Field(rawValue: SIS_F_SESSION)
  /// T+
  public static let subject = Field(rawValue: SIS_F_SUBJECT)
  /// T+
  public static let period = Field(rawValue: SIS_F_PERIOD)
  /// T
  public static let location = Field(rawValue: SIS_F_LOCATION)
  /// I
  public static let org = Field(rawValue: SIS_F_ORG)
  /// I
  public static let department = Field(rawValue: SIS_F_DEPARTMENT)
  /// T
  public static let username = Field(rawValue: SIS_F_USERNAME)
  /// B
  public static let enabled = Field(rawValue: SIS_F_ENABLED)
  /// T
  public static let givenName = Field(rawValue: SIS_F_GIVEN_NAME)
  /// T
  public static let middleName = Field(rawValue: SIS_F_MIDDLE_NAME)
  /// T
  public static let familyName = Field(rawValue: SIS_F_FAMILY_NAME)
  /// T
  public static let preferredGiven = Field(rawValue: SIS_F_PREFERRED_GIVEN)
  /// T
  public static let preferredMiddle = Field(rawValue: SIS_F_PREFERRED_MIDDLE)
  /// T
  public static let preferredFamily = Field(rawValue: SIS_F_PREFERRED_FAMILY)
  /// T
  public static let email = Field(rawValue: SIS_F_EMAIL)
  /// W+
  public static let grade = Field(rawValue: SIS_F_GRADE)
  /// W
  public static let enrollStatus = Field(rawValue: SIS_F_ENROLL_STATUS)
  /// N
  public static let graduationYear = Field(rawValue: SIS_F_GRADUATION_YEAR)
  /// I
  public static let primaryOrg = Field(rawValue: SIS_F_PRIMARY_ORG)
  /// W#
  public static let role = Field(rawValue: SIS_F_ROLE)
  /// I#
  public static let roleOrg = Field(rawValue: SIS_F_ROLE_ORG)
  /// W#
  public static let roleType = Field(rawValue: SIS_F_ROLE_TYPE)
  /// D#
  public static let roleBegin = Field(rawValue: SIS_F_ROLE_BEGIN)
  /// D#
  public static let roleEnd = Field(rawValue: SIS_F_ROLE_END)
  /// W#
  public static let roleGrade = Field(rawValue: SIS_F_ROLE_GRADE)
  /// W#
  public static let phoneType = Field(rawValue: SIS_F_PHONE_TYPE)
  /// T#
  public static let phoneNumber = Field(rawValue: SIS_F_PHONE_NUMBER)
  /// W#
  public static let addressType = Field(rawValue: SIS_F_ADDRESS_TYPE)
  /// T#
  public static let addressStreet = Field(rawValue: SIS_F_ADDRESS_STREET)
  /// T#
  public static let addressStreet2 = Field(rawValue: SIS_F_ADDRESS_STREET_2)
  /// T#
  public static let addressCity = Field(rawValue: SIS_F_ADDRESS_CITY)
  /// T#
  public static let addressState = Field(rawValue: SIS_F_ADDRESS_STATE)
  /// T#
  public static let addressPostcode = Field(rawValue: SIS_F_ADDRESS_POSTCODE)
  /// T#
  public static let addressCountry = Field(rawValue: SIS_F_ADDRESS_COUNTRY)
  /// W#
  public static let emailType = Field(rawValue: SIS_F_EMAIL_TYPE)
  /// T#
  public static let emailAddress = Field(rawValue: SIS_F_EMAIL_ADDRESS)
  /// I+
  public static let agent = Field(rawValue: SIS_F_AGENT)
  /// I
  public static let user = Field(rawValue: SIS_F_USER)
  /// I
  public static let `class` = Field(rawValue: SIS_F_CLASS)
  /// W
  public static let enrollmentRole = Field(rawValue: SIS_F_ENROLLMENT_ROLE)
  /// B
  public static let primary = Field(rawValue: SIS_F_PRIMARY)
  /// D
  public static let beginDate = Field(rawValue: SIS_F_BEGIN_DATE)
  /// D
  public static let endDate = Field(rawValue: SIS_F_END_DATE)
  /// D
  public static let birthDate = Field(rawValue: SIS_F_BIRTH_DATE)
  /// W
  public static let sex = Field(rawValue: SIS_F_SEX)
  /// W+
  public static let race = Field(rawValue: SIS_F_RACE)
  /// B
  public static let hispanic = Field(rawValue: SIS_F_HISPANIC)
  /// T
  public static let birthCity = Field(rawValue: SIS_F_BIRTH_CITY)
  /// T
  public static let birthState = Field(rawValue: SIS_F_BIRTH_STATE)
  /// T
  public static let birthCountry = Field(rawValue: SIS_F_BIRTH_COUNTRY)
  /// T
  public static let homeLanguage = Field(rawValue: SIS_F_HOME_LANGUAGE)
  /// T
  public static let residencyStatus = Field(rawValue: SIS_F_RESIDENCY_STATUS)
  /// I
  public static let student = Field(rawValue: SIS_F_STUDENT)
  /// T
  public static let relationship = Field(rawValue: SIS_F_RELATIONSHIP)
  /// B
  public static let custodial = Field(rawValue: SIS_F_CUSTODIAL)
  /// B
  public static let emergency = Field(rawValue: SIS_F_EMERGENCY)
  /// B
  public static let livesWith = Field(rawValue: SIS_F_LIVES_WITH)
  /// B
  public static let pickup = Field(rawValue: SIS_F_PICKUP)
  /// B
  public static let receivesMail = Field(rawValue: SIS_F_RECEIVES_MAIL)
  /// N
  public static let contactOrder = Field(rawValue: SIS_F_CONTACT_ORDER)
}
