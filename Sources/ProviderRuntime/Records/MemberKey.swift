import HostModel

/// The keys of canonical objects as they are written, `"name":`, made once.
enum MemberKey {
  private static let byField: [[UInt8]] = {
    var keys = [[UInt8]](repeating: [], count: 256)
    for field in RosterField.catalogue { keys[Int(field.id)] = Array("\"\(field.name)\":".utf8) }
    return keys
  }()

  private static let roles = key(.roles)
  private static let phones = key(.phones)
  private static let addresses = key(.addresses)
  private static let emails = key(.emails)

  private static func key(_ composite: Composite) -> [UInt8] { Array("\"\(composite.rawValue)\":".utf8) }

  static func of(_ field: RosterField) -> [UInt8] { byField[Int(field.id)] }

  static func of(_ composite: Composite) -> [UInt8] {
    switch composite {
    case .roles: roles
    case .phones: phones
    case .addresses: addresses
    case .emails: emails
    }
  }
}
