import Foundation
import HostModel
import Testing

@testable import ProviderRuntime

@Suite struct ProviderManifestTests {
  /// A manifest in which nothing is wrong, as text, so that a test changes one place of it.
  private static let right = """
    {"manifest":1,"id":"example","name":"Example SIS","version":"1.4.0","abi":{"major":1,"minor":0},\
    "cursorVersion":3,"kinds":["org","user"],"modes":["full","delta"],"rateLimit":{"perMinute":60},\
    "maxInFlight":4,"auth":[{"scheme":"none"}],"allowedHosts":["files.example.com"],\
    "config":{"type":"object","properties":{"word":{"type":"string","default":"x"}},"required":["word"]}}
    """

  private func read(_ json: String) throws(HostError) -> ProviderManifest {
    try ProviderManifest(Array(json.utf8), file: "x.so")
  }

  /// What is said of a manifest in which `old` is replaced.
  private func words(_ old: String, _ new: String) throws -> String {
    #expect(Self.right.contains(old), "the test replaces something: \(old)")
    return try words(of: Self.right.replacingOccurrences(of: old, with: new))
  }

  private func words(of json: String) throws -> String {
    let error = try #require(refusal { () throws(HostError) in try read(json) }, "\(json.prefix(200))")
    #expect(error.code == "provider-bad-manifest" && error.category == .provider)
    #expect(error.message.hasPrefix("x.so: its manifest "))
    #expect(error.advice == "Correct it after plugin-sdk/README.md, \"Manifest\"")
    return String(error.message.dropFirst("x.so: its manifest ".count))
  }

  @Test func `every member is read`() throws {
    let manifest = try read(Self.right)
    #expect(manifest.id == "example" && manifest.name == "Example SIS" && manifest.version == "1.4.0")
    #expect(manifest.abi.major == 1 && manifest.abi.minor == 0 && manifest.cursorVersion == 3)
    #expect(manifest.kinds == ["org", "user"] && manifest.modes == ["full", "delta"])
    #expect(manifest.rateLimit.perMinute == 60 && manifest.rateLimit.minIntervalMilliseconds == nil)
    #expect(manifest.maxInFlight == 4 && manifest.auth.map(\.scheme) == ["none"])
    #expect(manifest.allowedHosts == ["files.example.com"])
    #expect(manifest.config.properties["word"]?.default == .string("x"))
    #expect(manifest.config.required == ["word"])
  }

  @Test func `members that a later minor version added are passed by`() throws {
    let later = Self.right.replacingOccurrences(
      of: "\"manifest\":1", with: "\"manifest\":1,\"news\":{\"x\":[1]}")
    #expect(try read(later).id == "example")
  }

  @Test(arguments: [
    "manifest", "id", "name", "version", "abi", "cursorVersion", "kinds", "modes", "rateLimit", "maxInFlight",
    "auth", "allowedHosts", "config",
  ])
  func `a manifest that lacks a member is told which`(member: String) throws {
    #expect(try words("\"\(member)\":", "\"x\(member)\":") == "lacks \"\(member)\"")
  }

  @Test func `a manifest that lacks a member inside of another is told where`() throws {
    #expect(try words("\"minor\":0", "\"mino\":0") == "lacks \"minor\" in abi")
    #expect(try words("\"perMinute\":60", "\"perHour\":60") == "lacks \"perMinute\" in rateLimit")
    #expect(try words("{\"scheme\":\"none\"}", "{\"scheme\":\"none\"},{}") == "lacks \"scheme\" in auth[1]")
    #expect(
      try words("\"type\":\"string\"", "\"typ\":\"string\"") == "lacks \"type\" in config.properties.word")
  }

  @Test(arguments: [
    ("\"manifest\":1", "\"manifest\":\"1\"", "manifest"), ("\"id\":\"example\"", "\"id\":7", "id"),
    ("\"abi\":{\"major\":1,\"minor\":0}", "\"abi\":1", "abi"), ("\"minor\":0", "\"minor\":null", "abi.minor"),
    ("[\"org\",\"user\"]", "[\"org\",5]", "kinds[1]"), ("\"config\":{", "\"config\":[],\"c\":{", "config"),
  ])
  func `a member of a wrong type is told where it is`(old: String, new: String, place: String) throws {
    #expect(try words(old, new) == "has a wrong type at \(place)")
  }

  @Test(arguments: ["1e999", "99999999999999999999", "-99999999999999999999", "1.5"])
  func `a number that is no integer of this machine is refused`(number: String) throws {
    for member in ["\"cursorVersion\":3", "\"perMinute\":60", "\"maxInFlight\":4", "\"major\":1"] {
      let name = member.prefix { $0 != ":" }
      _ = try words(member, "\(name):\(number)")
    }
  }

  @Test func `what is no JSON object is refused`() throws {
    for json in ["", "{", "[]", "1", "null", "{}}", "{\"manifest\":1,}", "\u{0}", "\"text\""] {
      _ = try words(of: json)
    }
    let depth = String(repeating: "[", count: 200_000)
    _ = try words(of: depth)
    _ = try words("\"default\":\"x\"", "\"default\":\(depth)")
    let error = refusal { () throws(HostError) in
      try ProviderManifest([0x7B, 0x22, 0xFF, 0xFE], file: "x.so")
    }
    #expect(error?.code == "provider-bad-manifest")
  }

  @Test func `another version of the manifest is refused with both`() throws {
    #expect(try words("\"manifest\":1", "\"manifest\":2") == "has version 2; this host reads version 1")
  }

  @Test(arguments: [
    "", "Example", "my_sis", "sis.example", "schüler", "a b", String(repeating: "a", count: 65),
  ])
  func `an id that is none is refused`(id: String) throws {
    #expect(
      try words("\"id\":\"example\"", "\"id\":\"\(id)\"")
        == "has the id \"\(id)\"; an id is 1 to 64 of a-z, 0-9 and -")
  }

  @Test func `the bounds of each member are told`() throws {
    let longest = String(repeating: "a", count: 64)
    #expect(
      try read(Self.right.replacingOccurrences(of: "\"example\"", with: "\"\(longest)\"")).id == longest)
    for version in ["", String(repeating: "1", count: 33)] {
      #expect(
        try words("\"version\":\"1.4.0\"", "\"version\":\"\(version)\"")
          == "has no version of 1 to 32 characters")
    }
    for rate in [0, -1, 1_000_001] {
      #expect(
        try words("\"perMinute\":60", "\"perMinute\":\(rate)")
          == "has rateLimit.perMinute \(rate); it is 1 to 1000000")
    }
    for number in [0, -4, 65] {
      #expect(
        try words("\"maxInFlight\":4", "\"maxInFlight\":\(number)")
          == "has maxInFlight \(number); it is 1 to 64")
    }
    #expect(
      try words("[\"org\",", "[\"pupil\",") == "names the kind \"pupil\", which this host does not know")
    #expect(try words("[{\"scheme\":\"none\"}]", "[]") == "names no auth scheme; \"none\" is one")
  }

  @Test func `declared extension fields are read, and one that cannot be is told`() throws {
    func declaring(_ field: String) -> String {
      Self.right.replacingOccurrences(of: "\"manifest\":1", with: "\"manifest\":1,\"extensions\":[\(field)]")
    }
    let extensions = try read(declaring(#"{"kind":"user","name":"bus","type":"integer"}"#)).extensions
    #expect(extensions?.map(\.name) == ["bus"])
    #expect(try read(Self.right).extensions == nil)
    for (kind, name, type) in [
      ("pupil", "bus", "text"), ("user", "bus", "number"), ("user", "", "text"),
      ("user", String(repeating: "n", count: 129), "text"),
    ] {
      let words = try words(of: declaring("{\"kind\":\"\(kind)\",\"name\":\"\(name)\",\"type\":\"\(type)\"}"))
      #expect(
        words
          == "declares the extension field \"\(name.prefix(80))\" of kind \"\(kind)\" and type \"\(type)\"; "
          + "a kind is one of SIS_KIND_..., a type one of text, boolean, integer, date, date-time")
    }
  }
}
