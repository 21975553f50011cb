import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// Real files, compiled as a vendor would compile them, with one thing wrong each.
struct ELFLintTests {
  func image(_ data: Data) throws -> ELFImage {
    try data.withUnsafeBytes { (bytes) throws(HostError) in try ELFImage(bytes, path: "fixture.so") }
  }

  func findings(_ file: VendorFile) throws -> [LintFinding] {
    ELFLint.findings(in: try image(try file.data()))
  }

  @Test func `an ordinary C provider has no findings`() throws {
    #expect(try findings(VendorFile()) == [])
  }

  @Test(arguments: ["powerschool", "csv_roster"])
  func `the providers of this build have no findings`(name: String) throws {
    let data = try Data(contentsOf: BuiltTool.provider(name))
    #expect(ELFLint.findings(in: try image(data)) == [])
  }

  struct Row: CustomTestStringConvertible {
    var name: String
    var more = ""
    var flags: [String] = []
    var rule: LintFinding.Rule
    var severity: LintFinding.Severity
    var words: [String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "a library that the host does not bring", flags: ["-Wl,--no-as-needed", "-lcurl"],
      rule: .neededLibrary,
      severity: .refuse, words: ["libcurl.so.4"]),
    Row(
      name: "a filter library", flags: ["-Wl,-f,libfilter.so"], rule: .neededLibrary, severity: .refuse,
      words: ["libfilter.so"]),
    Row(
      name: "a RUNPATH of its own", flags: ["-Wl,--enable-new-dtags,-rpath,/opt/vendor"], rule: .searchPath,
      severity: .refuse, words: ["/opt/vendor", "$ORIGIN"]),
    Row(
      name: "an RPATH of its own", flags: ["-Wl,--disable-new-dtags,-rpath,/opt/vendor"], rule: .searchPath,
      severity: .refuse, words: ["/opt/vendor"]),
    Row(
      name: "an empty part of a RUNPATH, which is the current folder", flags: ["-Wl,-rpath,$ORIGIN:"],
      rule: .searchPath, severity: .refuse, words: ["$ORIGIN:"]),
    Row(
      name: "a second export", more: "SIS_EXPORT int vendor_helper(void) { return 1; }", rule: .export,
      severity: .refuse, words: ["vendor_helper", "sis_plugin_entry_v1"]),
    Row(
      name: "a weak export, as C++ templates leave",
      more: "__attribute__((weak, visibility(\"default\"))) int shared;",
      rule: .export, severity: .warning, words: ["shared"]),
    Row(
      name: "an executable stack", flags: ["-Wl,-z,execstack"], rule: .executableStack, severity: .refuse,
      words: ["executable stack", "noexecstack"]),
    Row(
      name: "memory that is writable and executable",
      more: "__asm__(\".pushsection .both,\\\"awx\\\",%progbits; .quad 1; .popsection\");",
      flags: ["-Wl,-z,noexecstack"],
      rule: .writableCode, severity: .refuse, words: ["writable and executable"]),
    Row(
      name: "text relocations",
      more: "extern char nowhere; __asm__(\".pushsection .text; .balign 8; .quad nowhere; .popsection\");",
      flags: ["-Wl,-z,notext"], rule: .textRelocations, severity: .refuse, words: ["TEXTREL", "-fPIC"]),
    Row(
      name: "symbols that would take the place of others", flags: ["-Wl,-z,global"], rule: .interposition,
      severity: .refuse, words: ["DF_1_GLOBAL"]),
    Row(
      name: "the network", more: imports("int socket(int, int, int)", "socket(2, 1, 0)"),
      rule: .forbiddenImport,
      severity: .refuse, words: ["socket", "the network", "sis_sink.request"]),
    Row(
      name: "another process", more: imports("int fork(void)", "fork()"), rule: .forbiddenImport,
      severity: .refuse,
      words: ["fork", "other processes"]),
    Row(
      name: "another library", more: imports("void *dlopen(const char *, int)", "!!dlopen(\"x\", 2)"),
      rule: .forbiddenImport, severity: .refuseInProcess, words: ["dlopen"]),
    Row(
      name: "a file, by the name for large ones",
      more: imports("int open64(const char *, int, ...)", "open64(\"x\", 0)"),
      rule: .forbiddenImport, severity: .refuseInProcess, words: ["open64", "files"]),
    Row(
      name: "a clock", more: imports("long time(long *)", "(int)time(0)"), rule: .forbiddenImport,
      severity: .refuseInProcess, words: ["time", "now_ms"]),
    Row(
      name: "a random number", more: imports("long random(void)", "(int)random()"), rule: .forbiddenImport,
      severity: .refuseInProcess, words: ["random", "seed"]),
    Row(
      name: "the environment", more: "extern char **environ; int use_it(void) { return environ != 0; }",
      rule: .forbiddenImport, severity: .refuseInProcess, words: ["environ"]),
    Row(
      name: "a thread",
      more: imports("int pthread_create(void *, void *, void *, void *)", "pthread_create(0, 0, 0, 0)"),
      rule: .forbiddenImport, severity: .refuseInProcess, words: ["pthread_create", "threads"]),
    Row(
      name: "a Swift task", more: imports("int swift_task_create(void)", "swift_task_create()"),
      rule: .forbiddenImport,
      severity: .refuseInProcess, words: ["swift_task_create"]),
    Row(
      name: "the end of the process", more: imports("void exit(int)", "(exit(0), 0)"), rule: .forbiddenImport,
      severity: .refuseInProcess, words: ["exit"]),
    Row(
      name: "any system call", more: imports("long syscall(long, ...)", "(int)syscall(39)"),
      rule: .forbiddenImport,
      severity: .refuseInProcess, words: ["syscall"]),
    Row(
      name: "the host's output", more: imports("int puts(const char *)", "puts(\"x\")"),
      rule: .forbiddenImport,
      severity: .warning, words: ["puts", "sis_sink.note"]),
  ]

  private static func imports(_ declaration: String, _ call: String) -> String {
    "\(declaration); int use_it(void) { return \(call); }"
  }

  @Test(arguments: rows)
  func `each is found, and said with what is due and what to do`(_ row: Row) throws {
    let found = try findings(VendorFile(more: row.more, flags: row.flags))
    let finding = try #require(found.first { $0.rule == row.rule }, "\(found)")
    #expect(found.count == 1, "\(found)")
    #expect(finding.severity == row.severity)
    for word in row.words { #expect("\(finding.sentence). \(finding.advice)".contains(word), "\(finding)") }
    #expect(finding.refuses(.inProcess) == (row.severity != .warning))
    #expect(finding.refuses(.process) == (row.severity == .refuse))
  }

  @Test func `a newer glibc than the host's is refused with both versions`() throws {
    var data = try VendorFile(more: "void *malloc(unsigned long); void *use_it(void) { return malloc(1); }")
      .data()
    // The same length, so that nothing else moves: as if it had been linked on a system of years to come.
    let version = Data("GLIBC_2.".utf8)
    let place = try #require(data.range(of: version))
    data.replaceSubrange(place, with: Data("GLIBC_9.".utf8))
    let finding = try #require(ELFLint.findings(in: try image(data)).first)
    #expect(finding.rule == .glibcVersion && finding.severity == .refuse)
    #expect(finding.found.contains("glibc 9."), "\(finding)")
    #expect(finding.allowed.contains(ELFLint.hostVersion), "\(finding)")
  }

  @Test func `versions are compared as numbers`() {
    let needs = ["GLIBC_2.9", "GLIBC_2.36", "GLIBC_ABI_DT_RELR", "GLIBCXX_3.4.99", "GCC_3.0"].map {
      ELFVersionNeeds.Need(library: "libc.so.6", version: $0)
    }
    #expect(ELFLint.versions(needs, host: "2.36") == [])
    #expect(ELFLint.versions(needs, host: "2.10").map(\.found) == ["needs glibc 2.36"])
    let hidden = [ELFVersionNeeds.Need(library: "libc.so.6", version: "GLIBC_PRIVATE")]
    #expect(ELFLint.versions(hidden, host: "2.36").map(\.rule) == [.glibcVersion])
  }

  @Test func `every way to write a forbidden name is that name`() {
    for name in ["open", "open64", "__open", "__open64", "__open_2", "__open64_2", "openat", "__openat_2"] {
      #expect(ELFLint.imports([name]).map(\.severity) == [.refuseInProcess], "\(name)")
    }
    for name in [
      "_exit", "_Exit", "__environ", "__printf_chk", "fopen64", "__vfork", "_Fork", "__libc_start_main",
    ] {
      #expect(ELFLint.imports([name]).isEmpty == (name == "__libc_start_main"), "\(name)")
    }
    let harmless = [
      "malloc", "free", "memcpy", "snprintf", "strlen", "__cxa_atexit", "__cxa_finalize", "__stack_chk_fail",
      "__memcpy_chk", "__gmon_start__", "strtod", "qsort", "abort", "swift_retain", "swift_once",
      "_ITM_registerTMCloneTable",
    ]
    #expect(ELFLint.imports(harmless) == [])
  }

  /// What libswiftCore.a leaves in a provider that is linked with -static-stdlib, as the SDK's page has it
  /// (nm -D --undefined-only of the debug build, Swift 6.3.1).
  @Test func `a provider that carries its own Swift runtime may run in a process of its own`() {
    let runtime = [
      "clone", "close", "dladdr", "dlerror", "dlopen", "dlsym", "dup2", "environ", "execvpe", "fopen",
      "getauxval",
      "getenv", "isatty", "lseek", "mmap", "mprotect", "newlocale", "open", "readlink", "sigaction",
      "sigaltstack", "sigprocmask", "siglongjmp", "__sigsetjmp", "socketpair", "stat", "stderr", "stdin",
      "stdout",
      "syscall", "sysconf", "waitpid", "write",
    ]
    let findings = ELFLint.imports(runtime)
    #expect(findings.allSatisfy { !$0.refuses(.process) }, "\(findings)")
    #expect(findings.contains { $0.refuses(.inProcess) })
  }

  @Test func `what is refused in the host's own process only is said when it is loaded there`() throws {
    let file = VendorFile(more: Self.imports("char *getenv(const char *)", "!!getenv(\"HOME\")"))
    let inspection = try ProviderLibrary.inspect(try file.path(), trust: .notConfigured)
    #expect(throws: Never.self) { try inspection.demand(.process) }
    let error = #expect(throws: HostError.self) {
      try ProviderLibrary.load(inspection, isolation: .inProcess)
    }
    #expect(error?.code == "provider-lint")
    #expect(error?.message.contains("getenv") == true)
    #expect(try ProviderLibrary.load(inspection, isolation: .process).manifest.id == "fixture")
  }

  @Test func `names from the file cannot write to the terminal`() throws {
    var data = try VendorFile(more: "SIS_EXPORT int vendor_helper(void) { return 1; }").data()
    // The first place is the table of dynamic symbol names.
    data.replaceSubrange(
      try #require(data.range(of: Data("vendor".utf8))), with: Data("\u{1B}[2J\n\u{7}".utf8))
    let finding = try #require(ELFLint.findings(in: try image(data)).first { $0.rule == .export })
    #expect(finding.found.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(finding.found)")
  }
}
