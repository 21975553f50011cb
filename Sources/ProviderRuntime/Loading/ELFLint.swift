import Glibc
import HostModel

/// Holds what a provider's file says of itself against what a provider may be (docs/trust.md, "Lint"). Nothing of it runs.
package enum ELFLint {
  /// Everything that is not as it should be, the worst first.
  static func findings(in image: ELFImage) -> [LintFinding] {
    let found =
      libraries(image.dynamic) + segments(image) + versions(image.versionNeeds, host: hostVersion)
      + exports(image.exports) + imports(image.imports)
    // Stable: the order of the rules stays within one severity.
    return LintFinding.Severity.allCases.flatMap { severity in found.filter { $0.severity == severity } }
  }

  // MARK: - Libraries

  /// What any C, C++ or Swift compiler links by itself.
  static let allowedLibraries: Set<String> = [
    "libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
    // Empty since glibc 2.34, and still named by what was linked before.
    "libpthread.so.0", "libdl.so.2", "librt.so.1",
    "libswiftCore.so", "libswift_Concurrency.so", "libswift_StringProcessing.so", "libswift_RegexParser.so",
    "libswiftSwiftOnoneSupport.so", "libswiftGlibc.so", "libswiftSynchronization.so",
    "libswift_Builtin_float.so",
    "libswift_Differentiation.so", "libswift_Volatile.so", "libswiftRegexBuilder.so",
    "libswiftObservation.so",
  ]

  /// Reach files, clocks and threads by themselves, where no import of the provider shows it.
  static let reachingLibraries: Set<String> = [
    "libFoundation.so", "libFoundationEssentials.so", "libFoundationInternationalization.so",
    "libFoundationXML.so",
    "lib_FoundationICU.so", "libdispatch.so", "libswiftDispatch.so", "libBlocksRuntime.so",
  ]

  private static func libraries(_ dynamic: ELFDynamic) -> [LintFinding] {
    var found: [LintFinding] = []
    let advice = "Link what it needs into the provider: the host brings no library for it"
    let strange = (dynamic.needed + dynamic.hidden).filter {
      !allowedLibraries.contains($0) && !reachingLibraries.contains($0)
    }
    if !strange.isEmpty {
      found.append(
        LintFinding(
          rule: .neededLibrary, severity: .refuse, found: "needs \(list(strange))",
          allowed: "a provider needs the C, C++ and Swift runtime libraries only", advice: advice))
    }
    let reaching = dynamic.needed.filter(reachingLibraries.contains)
    if !reaching.isEmpty {
      found.append(
        LintFinding(
          rule: .neededLibrary, severity: .refuseInProcess, found: "needs \(list(reaching))",
          allowed: "Foundation and Dispatch reach files, clocks and threads by themselves",
          advice: "Use SISKit, which needs neither, or run it with isolation: \"process\""))
    }
    for path in dynamic.searchPaths where path != "$ORIGIN" && path != "${ORIGIN}" {
      found.append(
        LintFinding(
          rule: .searchPath, severity: .refuse, found: "looks for libraries in \"\(path.prefix(200))\"",
          allowed: "a provider has no RUNPATH, or $ORIGIN",
          advice: "Link without -rpath; with swiftc add -no-toolchain-stdlib-rpath"))
    }
    return found
  }

  // MARK: - Segments

  private static func segments(_ image: ELFImage) -> [LintFinding] {
    var found: [LintFinding] = []
    func refuse(_ rule: LintFinding.Rule, _ what: String, _ allowed: String, _ advice: String) {
      found.append(
        LintFinding(rule: rule, severity: .refuse, found: what, allowed: allowed, advice: advice))
    }
    if image.segments.stackIsExecutable ?? true {
      refuse(
        .executableStack, "asks for an executable stack", "every stack holds data only",
        "Link with -z noexecstack; assembly needs .section .note.GNU-stack,\"\",%progbits")
    }
    if image.segments.loads.contains(where: { $0.isWritable && $0.isExecutable }) {
      refuse(
        .writableCode, "has memory that is both writable and executable", "code is never writable",
        "Link without -N and --omagic")
    }
    if image.dynamic.hasTextRelocations {
      refuse(
        .textRelocations, "has its code changed while it is loaded (TEXTREL)", "code is never writable",
        "Compile everything with -fPIC, and link with -z text")
    }
    if image.dynamic.interposes {
      refuse(
        .interposition, "puts its symbols before those of others (DF_1_GLOBAL or DF_1_INTERPOSE)",
        "a provider keeps its symbols to itself", "Link without -z global and -z interpose")
    }
    return found
  }

  // MARK: - Versions

  /// `2.36`
  static var hostVersion: String {
    var text = [CChar](repeating: 0, count: 64)
    // "glibc 2.36"
    confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    let words = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return words.split(separator: " ").last.map(String.init) ?? "0"
  }

  static func versions(_ needs: [ELFVersionNeeds.Need], host: String) -> [LintFinding] {
    let limit = ProviderVersion(host)
    let numbers = Set(needs.map(\.version).filter { $0.hasPrefix("GLIBC_") }.map { String($0.dropFirst(6)) })
    var found: [LintFinding] = []
    if numbers.contains("PRIVATE") {
      found.append(
        LintFinding(
          rule: .glibcVersion, severity: .refuse, found: "uses what glibc keeps to itself (GLIBC_PRIVATE)",
          allowed: "it differs from build to build of glibc", advice: "Use documented functions only"))
    }
    let above = numbers.filter { $0.first?.isNumber == true && limit < ProviderVersion($0) }
    if let highest = above.max(by: { ProviderVersion($0) < ProviderVersion($1) }) {
      found.append(
        LintFinding(
          rule: .glibcVersion, severity: .refuse, found: "needs glibc \(highest)",
          allowed: "this host has glibc \(host)",
          advice: "Build it on the oldest system that it is for, or update this one"))
    }
    return found
  }

  // MARK: - Symbols

  /// What older linkers put into every library.
  private static let linkerNames: Set<String> = [
    "_init", "_fini", "_edata", "edata", "_end", "end", "__bss_start", "_DYNAMIC", "_GLOBAL_OFFSET_TABLE_",
  ]

  private static func exports(_ symbols: [ELFSymbols.Symbol]) -> [LintFinding] {
    let others = symbols.filter { $0.name != ELFImage.entry && !linkerNames.contains($0.name) }
    let advice = "Link with -Wl,--version-script=plugin-sdk/exports.map"
    let strong = others.filter { $0.binding == .strong }.map(\.name)
    let weak = others.filter { $0.binding != .strong }.map(\.name)
    var found: [LintFinding] = []
    if !strong.isEmpty {
      found.append(
        LintFinding(
          rule: .export, severity: .refuse, found: "exports \(list(strong))",
          allowed: "a provider exports \(ELFImage.entry) and nothing else", advice: advice))
    }
    // Templates of C++, which its standard library exports whatever the compiler is told.
    if !weak.isEmpty {
      found.append(
        LintFinding(
          rule: .export, severity: .warning, found: "exports weak symbols: \(list(weak))",
          allowed: "a provider exports \(ELFImage.entry) and nothing else", advice: advice))
    }
    return found
  }

  static func imports(_ names: [String]) -> [LintFinding] {
    ImportRule.all.flatMap { rule in
      rule.findings(names).map { severity, names in
        LintFinding(
          rule: .forbiddenImport, severity: severity, found: "imports \(list(names))",
          allowed: "a provider does not reach \(rule.reach)", advice: rule.advice)
      }
    }
  }

  /// "a, b, c and 17 more"; each name bounded, since it comes from the file.
  private static func list(_ names: [String]) -> String {
    let shown = names.sorted().prefix(5).map { name in
      String(
        decoding: name.utf8.prefix(80).map { (0x21..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") },
        as: UTF8.self)
    }
    let more = names.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
