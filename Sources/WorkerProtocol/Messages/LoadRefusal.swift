/// Why a provider's file gave no table.
package enum LoadRefusal: Error, Sendable, Equatable {
  /// The dynamic loader's words.
  case notLoadable(String)
  case noEntry
  /// The entry answered NULL.
  case declined

  static let mostBytes = 4_096

  var number: UInt32 {
    switch self {
    case .notLoadable: 1
    case .noEntry: 2
    case .declined: 3
    }
  }

  var words: String { if case .notLoadable(let words) = self { words } else { "" } }

  init?(_ number: UInt32, _ words: String) {
    switch number {
    case 1: self = .notLoadable(words)
    case 2: self = .noEntry
    case 3: self = .declined
    default: return nil
    }
  }
}
