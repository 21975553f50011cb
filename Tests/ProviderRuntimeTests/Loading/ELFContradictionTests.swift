import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// What ld.so goes by is what is checked, and files that tell two stories are refused.
struct ELFContradictionTests {
  func refusal(_ data: Data) -> HostError? {
    data.withUnsafeBytes { bytes in
      do throws(HostError) {
        _ = try ELFImage(bytes, path: "fixture.so")
        return nil
      } catch { return error }
    }
  }

  private func word<Value: FixedWidthInteger>(_ data: Data, _ at: Int, _: Value.Type) -> Int {
    data.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: at, as: Value.self)) }
  }

  private func put<Value: FixedWidthInteger>(_ value: Value, _ data: inout Data, _ at: Int) {
    data.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: at, as: Value.self) }
  }

  /// Where the headers of the sections of this type stand.
  private func sections(_ data: Data, type: UInt32) -> [Int] {
    let table = word(data, 40, UInt64.self)
    return (0..<word(data, 60, UInt16.self)).map { table + $0 * 64 }
      .filter { word(data, $0 + 4, UInt32.self) == Int(type) }
  }

  private func segments(_ data: Data, type: UInt32) -> [Int] {
    let table = word(data, 32, UInt64.self)
    return (0..<word(data, 56, UInt16.self)).map { table + $0 * 56 }
      .filter { word(data, $0, UInt32.self) == Int(type) }
  }

  @Test func `everything of an ordinary file is read`() throws {
    let data = try VendorFile(more: "void *malloc(unsigned long); void *use_it(void) { return malloc(1); }")
      .data()
    try data.withUnsafeBytes { (bytes) throws in
      let image = try ELFImage(bytes, path: "fixture.so")
      // Some linkers add names of their own, such as _end.
      #expect(
        image.exports.filter { !$0.name.hasPrefix("_") }
          == [ELFSymbols.Symbol(name: "sis_plugin_entry_v1", binding: .strong)])
      #expect(image.imports.contains("malloc"))
      #expect(image.dynamic.needed == ["libc.so.6"])
      #expect(image.versionNeeds.allSatisfy { $0.library == "libc.so.6" && $0.version.hasPrefix("GLIBC_") })
      #expect(!image.versionNeeds.isEmpty)
      #expect(image.end == data.count)
      #expect(String(decoding: image.manifest, as: UTF8.self).hasPrefix("{\"manifest\":1"))
    }
  }

  @Test func `symbols are found by the old hash table as well`() throws {
    let data = try VendorFile(flags: ["-Wl,--hash-style=sysv"]).data()
    try data.withUnsafeBytes { (bytes) throws in
      #expect(try ELFImage(bytes, path: "fixture.so").exports.map(\.name).contains("sis_plugin_entry_v1"))
    }
  }

  /// A tool that reads sections would see a harmless table; ld.so would use the other one.
  @Test func `a section of dynamic symbols that is not the loader's is refused`() throws {
    var data = try VendorFile().data()
    let header = try #require(sections(data, type: 11).first)
    put(UInt64(word(data, header + 24, UInt64.self) + 24), &data, header + 24)
    #expect(refusal(data)?.code == "provider-contradicts")
  }

  @Test func `a dynamic section that is not the dynamic segment is refused`() throws {
    var data = try VendorFile().data()
    let header = try #require(sections(data, type: 6).first)
    put(UInt64(word(data, header + 24, UInt64.self) + 16), &data, header + 24)
    #expect(refusal(data)?.code == "provider-contradicts")
  }

  @Test func `a dynamic segment whose address is mapped from elsewhere is refused`() throws {
    var data = try VendorFile().data()
    let header = try #require(segments(data, type: 2).first)
    put(UInt64(word(data, header + 16, UInt64.self) + 16), &data, header + 16)
    #expect(refusal(data)?.code == "provider-contradicts")
  }

  @Test func `segments that are mapped over each other are refused`() throws {
    var data = try VendorFile().data()
    let loads = segments(data, type: 1)
    try #require(loads.count >= 2)
    put(UInt64(word(data, loads[0] + 16, UInt64.self)), &data, loads[1] + 16)
    #expect(refusal(data)?.code == "provider-contradicts")
  }

  @Test func `symbol names that could be changed while the library is relocated are refused`() throws {
    var data = try VendorFile().data()
    for header in segments(data, type: 1) { put(UInt32(6), &data, header + 4) }
    #expect(refusal(data) != nil)
  }

  @Test func `a manifest outside of what is loaded is refused`() throws {
    var data = try VendorFile().data()
    let manifest = Data("{\"manifest\":1".utf8)
    let place = try #require(data.range(of: manifest)).lowerBound
    let table = word(data, 40, UInt64.self)
    let header = try #require(
      (0..<word(data, 60, UInt16.self)).map { table + $0 * 64 }.first {
        word(data, $0 + 24, UInt64.self) == place
      })
    put(UInt64(0), &data, header + 8)
    #expect(refusal(data)?.code == "provider-contradicts")
  }

  @Test func `a file without section headers has no manifest, and says so`() throws {
    var data = try VendorFile().data()
    put(UInt64(0), &data, 40)
    put(UInt16(0), &data, 60)
    put(UInt16(0), &data, 62)
    #expect(refusal(data)?.code == "provider-no-manifest")
  }

  @Test func `an import without a section header to show it is found`() throws {
    // The section of dynamic symbols is turned into something else: only the loader's way leads to the name now.
    var data = try VendorFile(more: "int socket(int, int, int); int use_it(void) { return socket(2, 1, 0); }")
      .data()
    for header in sections(data, type: 11) { put(UInt32(1), &data, header + 4) }
    try data.withUnsafeBytes { (bytes) throws in
      let image = try ELFImage(bytes, path: "fixture.so")
      #expect(ELFLint.findings(in: image).contains { $0.found.contains("socket") })
    }
  }
}
