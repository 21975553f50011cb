import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import JSON5
import ProviderRuntime

/// `providers sign`
enum SignCommand {
  static func run(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let path = Session.absolute(command.positionals.first ?? "")
    let notAfter = try Options.moment(Options.notAfter, of: command)
    let adds = command[Options.addsSignature]
    guard !adds || notAfter == nil else {
      throw UsageError(
        "--not-after is part of what was signed first, and --add adds a signature to that",
        command: "homeroom providers sign")
    }
    let key = try KeyFiles.signingKey(try Options.needed(Options.privateKey, of: command))
    let signer = ProviderSigner(key: key, now: SystemClock().now)
    let signed = adds ? try signer.addSignature(path) : try signer.sign(path, notAfter: notAfter)
    var status = stat()
    guard stat(path, &status) == 0 else { throw PlatformError("read \(path)") }
    let file = try AtomicFile(path, mode: status.st_mode & 0o777)
    try signed.write { (bytes) throws(PlatformError) in try file.write(bytes) }
    try file.commit()
    let manifest = signed.manifest
    let signers = signed.signers.map(\.description)
    try console.line(
      "\(path) is signed: \(manifest.id) \(manifest.version), by \(signers.joined(separator: " and ")).")
    for finding in signed.inspection.findings {
      console.say("\(path) \(finding.sentence) (\(finding.severity.rawValue)).", next: finding.advice)
    }
    try console.object(
      .members([
        "file": .string(path), "provider": .string(manifest.id), "version": .string(manifest.version),
        "librarySHA256": .string(manifest.digest), "signers": .array(signers.map(JSONValue.string)),
        "created": .string(TrustMoment.text(manifest.created)),
        "notAfter": manifest.notAfter.map { .string(TrustMoment.text($0)) },
      ]))
    return .ok
  }
}
