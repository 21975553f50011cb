import CommandLineKit
import HostModel
import ProviderRuntime

extension Options {
  static let privateKey = CommandOption<String>.text(
    "key", "FILE", "the private key (homeroom providers keygen), which only its owner may read")
  static let keyFile = CommandOption<String>.text(
    "out", "FILE", "where the private key goes; the public one goes to FILE.pub")
  static let owner = CommandOption<String>.text("owner", "TEXT", "whose key it is, in your words")
  static let notAfter = CommandOption<String>.text(
    "not-after", "DATE", "from that day on (2028-01-31, UTC) no host takes the file any more")
  static let addsSignature = CommandOption<Bool>.flag(
    "add", "keep the signatures that the file has, and add one")

  static let plugins = CommandOption<String>.text(
    "plugins", "PATTERN", "ids of the providers it may sign, such as oak-*,powerschool (*)")
  static let from = CommandOption<String>.text("from", "DATE", "trust it from that day on (now)")
  static let until = CommandOption<String>.text("until", "DATE", "trust it before that day only")
  static let revokes = CommandOption<Bool>.flag("revokes", "it may sign revocation lists, too")
  static let reason = CommandOption<String>.text("reason", "TEXT", "why, for whoever is refused")
  static let revocationFile = CommandOption<String>.text(
    "out", "FILE", "write the list there, to be given to others (the trust folder)")

  static let providerVersion = CommandOption<String>.text(
    "version", "VERSION", "this version (the newest at hand)")
  static let allowDowngrade = CommandOption<Bool>.flag("allow-downgrade", "also to a lower version")
  static let allowSignerChange = CommandOption<Bool>.flag(
    "allow-signer-change", "also to a file that none of the pinned keys has signed")

  /// The moment that an option names: a day, or a moment of one.
  ///
  /// - Throws: `UsageError`.
  static func moment(_ option: CommandOption<String>, of command: ParsedCommand) throws -> HostInstant? {
    guard let text = command[option] else { return nil }
    guard let moment = TrustMoment.parseDay(text) else {
      throw UsageError(
        "--\(option.declaration.name) takes a day such as 2028-01-31, or 2028-01-31T12:00:00Z, not \"\(text)\"",
        command: "homeroom " + command.path.joined(separator: " "))
    }
    return moment
  }

  /// - Throws: `UsageError` where it is not given.
  static func needed(_ option: CommandOption<String>, of command: ParsedCommand) throws -> String {
    guard let value = command[option] else {
      throw UsageError(
        "homeroom \(command.path.joined(separator: " ")) needs --\(option.declaration.name) "
          + option.declaration.placeholder, command: "homeroom " + command.path.joined(separator: " "))
    }
    return value
  }
}
