import CommandLineKit

/// Signing providers, and saying whose signatures count.
extension HomeroomCommands {
  private static let common = [Options.config.declaration, Options.json.declaration]
  private static let file = Command.Positional("FILE", "a shared library (.so)")

  static let trustCommands = [
    Command(
      "keygen", "Make a key pair to sign providers with",
      discussion: """
        An Ed25519 key. The private key (PKCS#8 in PEM, mode 0600) signs and never leaves its owner; the public
        key is one line, for whoever is to trust it.
        """,
      options: [Options.keyFile.declaration, Options.owner.declaration, Options.json.declaration]),
    Command(
      "sign", "Sign a provider's file",
      discussion: """
        The signature goes to the end of the file itself, which is replaced in one step. It covers the SHA-256 of
        the library, its id, version, ABI and platform. A file that no host would load is not signed.
        """,
      positional: file,
      options: [
        Options.privateKey.declaration, Options.notAfter.declaration, Options.addsSignature.declaration,
        Options.json.declaration,
      ]),
    Command(
      "verify", "Say who signed a provider's file, and everything that lint finds in it",
      discussion: """
        Nothing of the file runs. Exit status 0: a host with this config would load it; without a config, any host
        would that trusts its signers.
        """,
      positional: file, options: common),
    trust, pin,
  ]

  private static let trust = Command(
    "trust", "Say whose signatures count",
    subcommands: [
      Command(
        "add", "Trust a public key",
        discussion: "A key that is trusted already gets the new owner, pattern and time.",
        positional: .init("KEYFILE", "the public key's file, as keygen writes it"),
        options: [
          Options.owner.declaration, Options.plugins.declaration, Options.from.declaration,
          Options.until.declaration, Options.revokes.declaration,
        ] + common),
      Command("list", "List the keys that are trusted, and what is revoked", options: common),
      Command(
        "remove", "Trust a key no longer", positional: .init("KEYID", "16 hex digits; trust list shows them"),
        options: common),
      Command(
        "revoke", "Sign a new revocation list with more on it",
        discussion: """
          SUBJECT is key.KEYID, file.SHA256, or version.ID@VERSION or version.ID@LOWEST..HIGHEST. What was revoked
          before stays so. The key that signs the list must be trusted with --revokes.
          """,
        positional: .init("SUBJECT", "what is to be trusted no longer", count: 1...Int.max),
        options: [
          Options.privateKey.declaration, Options.reason.declaration, Options.revocationFile.declaration,
        ] + common),
      Command(
        "import", "Take over a revocation list that somebody else has signed",
        discussion: "One with a lower number than the list in force is refused.",
        positional: .init("FILE", "the list"), options: common),
    ])

  private static let pin = Command(
    "pin", "Show which providers were used before, or allow a change",
    discussion: """
      A provider is pinned when it is first used: id, version, SHA-256 and signers. A lower version, and a file
      that none of the pinned signers has signed, are refused until this command allows them for the file that
      is at hand. What it does is audited.
      """,
    positional: .init("ID", "the provider; without it all pins are listed", count: 0...1),
    options: [
      Options.providerVersion.declaration, Options.allowDowngrade.declaration,
      Options.allowSignerChange.declaration,
    ] + common)

  /// Runs one of these commands; nil for a path that is none of them.
  static func runTrust(_ path: String, _ command: ParsedCommand, _ console: Console) async throws -> ExitCode?
  {
    switch path {
    case "providers keygen": try KeygenCommand.run(command, console)
    case "providers sign": try SignCommand.run(command, console)
    case "providers verify": try VerifyCommand.run(command, console)
    case "providers trust add": try TrustCommand(command, console).add()
    case "providers trust list": try TrustCommand(command, console).list()
    case "providers trust remove": try TrustCommand(command, console).remove()
    case "providers trust revoke": try TrustCommand(command, console).revoke()
    case "providers trust import": try TrustCommand(command, console).takeOver()
    case "providers pin": try await PinCommand.run(command, console)
    default: nil
    }
  }
}
