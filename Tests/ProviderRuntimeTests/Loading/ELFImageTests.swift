import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

@Suite struct ELFImageTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func image(_ path: String) throws -> ELFImage { try ELFImage(try SealedFile(path)) }

  private func refusal(_ bytes: [UInt8]) throws -> HostError? {
    let file = try MemoryFile(bytes)
    let error = ProviderRuntimeTests.refusal { () throws(HostError) in try ELFImage(try SealedFile(file.path))
    }
    if let error { #expect(error.message.hasPrefix(file.path + ": ") && !error.advice.isEmpty, "\(error)") }
    return error
  }

  /// A library that is compiled for this one test.
  private func compiled(_ text: String, _ options: [String] = ["-shared", "-fPIC"]) throws -> String {
    let source = try folder.write("source.c", text)
    let output = folder.file("compiled.so").path
    try CCompiler.all(.c)[0].compile(options + ["-o", output, source.path])
    return output
  }

  private func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func `a provider's manifest, exports and libraries are read from its file`() throws {
    let csv = try image(BuiltTool.provider("csv_roster").path)
    #expect(csv.exports.map(\.name) == ["sis_plugin_entry_v1"])
    #expect(csv.dynamic.needed.contains("libc.so.6"))
    let text = String(decoding: csv.manifest, as: UTF8.self)
    #expect(text.hasPrefix(#"{"manifest":1,"id":"csv-roster""#) && text.hasSuffix("}"))
    let swift = try image(BuiltTool.provider("powerschool").path)
    #expect(swift.exports.map(\.name) == ["sis_plugin_entry_v1"])
    #expect(swift.dynamic.needed.contains("libswiftCore.so"))
    #expect(swift.manifest == (try bytes(of: Repository.file("Plugins/PowerSchool/manifest.json").path)))
  }

  @Test func `whichever compiler built a provider, and stripped or not, its manifest is found`() throws {
    for compiler in try CCompiler.all(.c) {
      let plain = try image(try Fixture.provider("well_behaved.c", compiler: compiler))
      // Some linkers add names of their own, such as _end.
      #expect(plain.exports.map(\.name).filter { !$0.hasPrefix("_") } == ["sis_plugin_entry_v1"])
      let stripped = folder.file("stripped.so").path
      try compiler.compile(
        ["-shared", "-fPIC", "-fvisibility=hidden", "-s", "-O2", "-o", stripped]
          + [Fixture.folder.appendingPathComponent("well_behaved.c").path])
      #expect(try image(stripped).manifest == plain.manifest)
      #expect(Set(try image(stripped).exports.map(\.name)) == Set(plain.exports.map(\.name)))
    }
  }

  @Test func `what is no ELF file is refused with its first bytes`() throws {
    let text = try refusal(Array("#!/bin/sh\necho no\n".utf8))
    #expect(text?.code == "provider-not-elf")
    #expect(text?.message.hasSuffix("is not an ELF file: it begins with \"#!/bin/s\"") == true)
    #expect(try refusal([0x7F, 0x45, 0x4C])?.message.hasSuffix("begins with bytes 7f 45 4c") == true)
    #expect(try refusal([0])?.code == "provider-not-elf")
  }

  @Test func `a library that has neither entry nor manifest is said to lack its entry`() throws {
    let error = try refusal(try bytes(of: try Fixture.provider("lacks_both.c")))
    #expect(error?.code == "provider-no-entry")
    #expect(error?.message.hasSuffix("does not export sis_plugin_entry_v1") == true)
  }

  @Test func `a library that lacks its entry or its manifest is told which`() throws {
    #expect(
      try refusal(try bytes(of: try Fixture.provider("lacks_entry.c")))?.code == "provider-no-entry")
    let manifest = try refusal(try bytes(of: try Fixture.provider("lacks_manifest.c")))
    #expect(manifest?.code == "provider-no-manifest")
    #expect(manifest?.message.contains(".sis.manifest") == true)
  }

  @Test func `a program and an object file are not taken for a library`() throws {
    let program = try bytes(of: try Fixture.program("layout.c").path)
    let error = try refusal(program)
    #expect(error?.code == "provider-no-entry" || error?.code == "provider-not-shared")
    let object = try compiled("int answer(void);\nint answer(void) { return 42; }\n", ["-c"])
    #expect(try refusal(try bytes(of: object))?.message.contains("type 1") == true)
  }

  @Test func `another machine, class or byte order is refused with both machines`() throws {
    let right = try bytes(of: try Fixture.provider("well_behaved.c"))
    for (place, value) in [(4, UInt8(1)), (5, 2), (18, 40)] {
      var wrong = right
      wrong[place] = value
      let error = try refusal(wrong)
      #expect(error?.code == "provider-wrong-machine", "byte \(place)")
      #expect(
        error?.message.contains("this host is machine \(ELFImage.machine) (\(ELFImage.machineName))") == true)
    }
  }

  @Test func `a file that is cut short anywhere is refused`() throws {
    let whole = try bytes(of: try Fixture.provider("well_behaved.c"))
    let lengths =
      Array(1...128) + stride(from: 129, to: whole.count, by: 61) + (whole.count - 64..<whole.count)
    for length in lengths {
      let error = try refusal(Array(whole.prefix(length)))
      #expect(error?.code == (length < 4 ? "provider-not-elf" : "provider-truncated"), "cut at \(length)")
    }
  }

  @Test func `a second symbol table is refused, so that none can make the reader read without end`() throws {
    var forged = try bytes(of: try Fixture.provider("well_behaved.c"))
    let (table, count) = forged.withUnsafeBytes {
      (
        Int($0.loadUnaligned(fromByteOffset: 40, as: UInt64.self)),
        Int($0.loadUnaligned(fromByteOffset: 60, as: UInt16.self))
      )
    }
    // .symtab, which names what is not exported too, becomes a second .dynsym.
    for entry in stride(from: table + 4, to: table + count * 64, by: 64) where forged[entry] == 2 {
      forged[entry] = 11
    }
    #expect(try refusal(forged)?.code == "provider-contradicts")
  }

  @Test func `a manifest ends before its NULs, and has at most 1 MiB`() throws {
    func source(_ size: Int) -> String {
      """
      __attribute__((used, section(".sis.manifest"))) static const char manifest[\(size)] = "{}";
      const void *sis_plugin_entry_v1(unsigned major, unsigned minor);
      const void *sis_plugin_entry_v1(unsigned major, unsigned minor) { return major == minor ? manifest : 0; }
      """
    }
    #expect(try image(try compiled(source(1 << 20))).manifest == Array("{}".utf8))
    let error = try refusal(try bytes(of: try compiled(source((1 << 20) + 1))))
    #expect(error?.code == "provider-no-manifest")
    #expect(error?.message.contains("a manifest of 1048577 bytes; 1048576 are the most") == true)
  }
}
