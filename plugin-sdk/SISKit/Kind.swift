import CSISPlugin

/// The canonical kinds (`SIS_KIND_...`).
public struct Kind: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let org = Kind(rawValue: SIS_KIND_ORG)
  public static let academicSession = Kind(rawValue: SIS_KIND_ACADEMIC_SESSION)
  public static let course = Kind(rawValue: SIS_KIND_COURSE)
  public static let `class` = Kind(rawValue: SIS_KIND_CLASS)
  public static let user = Kind(rawValue: SIS_KIND_USER)
  public static let enrollment = Kind(rawValue: SIS_KIND_ENROLLMENT)
  public static let demographics = Kind(rawValue: SIS_KIND_DEMOGRAPHICS)
  public static let contact = Kind(rawValue: SIS_KIND_CONTACT)
}
