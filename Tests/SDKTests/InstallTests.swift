import Foundation
import TestSupport
import Testing

/// The SDK as `make install-sdk` leaves it.
@Suite struct InstallTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func install() throws -> URL {
    let prefix = folder.file("prefix")
    _ = try Shell.run("make install-sdk PREFIX='\(prefix.path)'", in: Repository.root)
    return prefix
  }

  @Test(arguments: [false, true])
  func `pkg-config finds it, in the repository and where it was installed and moved`(_ isInstalled: Bool)
    throws
  {
    var place = Repository.file("plugin-sdk")
    if isInstalled {
      _ = try install()
      try FileManager.default.moveItem(at: folder.file("prefix"), to: folder.file("moved"))
      place = folder.file("moved/share/pkgconfig")
    }
    try FileManager.default.copyItem(
      at: Repository.file("plugin-sdk/examples/hello-c/hello.c"), to: folder.file("hello.c"))
    _ = try Shell.run(
      """
      cc -std=c99 -shared -fPIC -fvisibility=hidden -Werror -o hello.so hello.c $(pkg-config --cflags --libs sis-plugin)
      homeroom providers check hello.so
      """, in: folder.url, ["PKG_CONFIG_PATH": place.path])
    let version = try Shell.run(
      "pkg-config --modversion sis-plugin", in: folder.url, ["PKG_CONFIG_PATH": place.path])
    let header = try String(contentsOf: Repository.header, encoding: .utf8)
    let major = try #require(header.firstMatch(of: /#define SIS_ABI_MAJOR (\d+)u/)?.1)
    let minor = try #require(header.firstMatch(of: /#define SIS_ABI_MINOR (\d+)u/)?.1)
    #expect(version.text == "\(major).\(minor)\n")
  }

  @Test func `an installed homeroom finds the SDK beside it, and what it writes is built from there`() throws
  {
    let prefix = try install()
    let binary = prefix.appendingPathComponent("bin/homeroom")
    try FileManager.default.createDirectory(
      at: binary.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: BuiltTool.homeroom, to: binary)
    let sdk = prefix.appendingPathComponent("share/homeroom/plugin-sdk").path
    let run = try Shell.run(
      "'\(binary.path)' providers new oak --language c --json && make -C oak check HOMEROOM_SDK='\(sdk)'",
      in: folder.url)
    #expect(run.text.contains("\"sdk\":\"\(sdk)\""))
    #expect(try String(contentsOf: folder.file("oak/Makefile"), encoding: .utf8).contains("?= \(sdk)\n"))
  }

  @Test
  func `installing again leaves nothing of the last time behind, and nothing that was built is installed`()
    throws
  {
    let prefix = try install()
    let sdk = prefix.appendingPathComponent("share/homeroom/plugin-sdk")
    try Data().write(to: sdk.appendingPathComponent("old.h"))
    _ = try install()
    let files = try FileManager.default.subpathsOfDirectory(atPath: sdk.path)
    #expect(!files.contains("old.h"))
    #expect(!files.contains { $0.contains(".build") || $0.hasSuffix(".so") || $0.hasSuffix(".o") })
    for name in [
      "include/sis_plugin.h", "SISKit/Provider.swift", "templates/c/json_pull.h", "examples/c/small_api.c",
    ] {
      #expect(files.contains(name), "\(name)")
    }
  }
}
