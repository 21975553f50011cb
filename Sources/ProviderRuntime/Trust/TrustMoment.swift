import Foundation
import HostModel

/// Moments as keys and signatures hold them: `2027-08-31T00:00:00Z`, to the second, in UTC.
package enum TrustMoment {
  /// Nil for anything else, also for other ways to write the same moment: one moment has one text.
  package static func parse(_ text: String) -> HostInstant? {
    guard text.utf8.count == 20, let date = try? Date(text, strategy: .iso8601) else { return nil }
    let instant = HostInstant(milliseconds: Int64(date.timeIntervalSince1970) * 1_000)
    return self.text(instant) == text ? instant : nil
  }

  /// Besides, a day alone: its first moment.
  package static func parseDay(_ text: String) -> HostInstant? {
    parse(text.utf8.count == 10 ? text + "T00:00:00Z" : text)
  }

  /// The moment without fractions of a second.
  static func whole(_ instant: HostInstant) -> HostInstant {
    HostInstant(milliseconds: instant.milliseconds / 1_000 * 1_000)
  }

  /// Fractions of a second are dropped.
  package static func text(_ instant: HostInstant) -> String {
    Date(timeIntervalSince1970: TimeInterval(instant.milliseconds / 1_000)).formatted(.iso8601)
  }
}
