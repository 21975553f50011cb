/// The signature of a provider, at the end of its own file: one rename replaces library and signature together, and the
/// loader never looks behind the last segment.
///
/// ```
/// ...the library...                 every byte before the trailer: what sha256 and size speak of
/// homeroom-signature 1              the magic and the version of the form
/// abi=1.0                           the manifest (SignedManifest) in canonical form (LineRecord)
/// created=2026-11-24T06:00:00Z
/// format=1
/// id=powerschool
/// notAfter=2028-01-01T00:00:00Z     optional
/// platform=linux-x86_64
/// sha256=...
/// size=1155592
/// version=1.4.0
///                                   an empty line
/// KEYID BASE64KEY BASE64SIGNATURE   1 to 8 (SignedText)
/// homeroom-signature-bytes=0000000642
/// ```
///
/// The last line counts the bytes of the whole trailer, itself included, in ten digits. What is signed is
/// `homeroom-provider-v1`, one zero byte, and the manifest's lines with their line feeds. All text is ASCII, but for the
/// version, which is the vendor's.
struct SignatureTrailer: Sendable, Equatable {
  static let magic = "homeroom-signature 1\n"
  static let footer = "homeroom-signature-bytes="
  /// The footer, ten digits and a line feed.
  static let footerCount = footer.utf8.count + 11
  static let maximumBytes = 16 << 10

  var manifest: SignedManifest
  var signed: SignedText

  init(_ manifest: SignedManifest) {
    self.manifest = manifest
    signed = SignedText(manifest.record)
  }

  /// What the end of a file is.
  enum Finding: Sendable, Equatable {
    /// It does not end like a trailer.
    case none
    /// It ends like one and is none: the reason, as the end of a sentence.
    case damaged(String)
    /// Nothing of it was verified yet.
    case found(SignatureTrailer, libraryCount: Int)
  }

  /// Looks at the last bytes of a file. Bounded, and never traps.
  static func find(in bytes: UnsafeRawBufferPointer) -> Finding {
    guard bytes.count >= footerCount else { return .none }
    let last = bytes[(bytes.count - footerCount)...]
    guard last.prefix(footer.utf8.count).elementsEqual(footer.utf8) else { return .none }
    let digits = last.dropFirst(footer.utf8.count).dropLast()
    guard last.last == UInt8(ascii: "\n"), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(String(decoding: digits, as: UTF8.self)),
      (magic.utf8.count + footerCount...maximumBytes).contains(count), count <= bytes.count
    else { return .damaged("the length at its end is not that of a signature") }
    let start = bytes.count - count
    guard bytes[start...].prefix(magic.utf8.count).elementsEqual(magic.utf8) else {
      return .damaged("its signature does not begin where its end says")
    }
    let body = bytes[(start + magic.utf8.count)..<(bytes.count - footerCount)]
    guard let signed = SignedText(parsing: body), let manifest = SignedManifest(signed.record) else {
      return .damaged("its signature cannot be read")
    }
    var trailer = SignatureTrailer(manifest)
    trailer.signed = signed
    return .found(trailer, libraryCount: start)
  }

  var bytes: [UInt8] {
    let body = Self.magic + signed.text
    let count = String(body.utf8.count + Self.footerCount)
    let digits = String(repeating: "0", count: max(10 - count.utf8.count, 0)) + count
    return Array((body + Self.footer + digits + "\n").utf8)
  }
}
