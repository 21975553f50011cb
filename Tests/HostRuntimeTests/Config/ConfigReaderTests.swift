import HostModel
import JSON5
import SyncCore
import Testing
import TokenVault

@testable import HostRuntime

struct ConfigReaderTests {
  static let whole = """
    {
      database: "roster.db", // a comment
      providers: ["./build", "/usr/lib/homeroom"],
      integrations: [{
        id: "oak-ps", provider: "powerschool", providerVersion: "1.0.0", baseURL: "https://ps.oak.example/",
        enabled: false,
        auth: {
          scheme: "oauth2-client-credentials", clientID: "c1", clientSecret: "file:secret",
          tokenURL: "https://login.oak.example/token", scope: "roster",
        },
        rateLimit: { perMinute: 120, burst: 5, minIntervalMilliseconds: 10 },
        maxInFlight: 3, pageSize: 200, options: { enrollStatuses: ['A'], deep: { a: 1.5 } },
        guard: { removedShare: 0.2, removedFloor: 5, updatedShare: 1, updatedFloor: 7 },
      }, {
        id: "elm", provider: "csv-roster", baseURL: "http://127.0.0.1:8080/x", auth: { scheme: "none" },
      }, {
        id: "fir", provider: "csv-roster", baseURL: "https://fir.example",
        auth: { scheme: "static-bearer", token: "env:FIR" },
      }],
    }
    """

  func read(_ text: String) throws(ConfigError) -> HostConfig {
    try ConfigReader.read(text, file: "homeroom.json5", folder: "/etc/homeroom")
  }

  func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch { return error.problems.map(\.description) }
  }

  /// A good document in which one integration is spoilt: line 3 holds what is given here.
  func integration(_ body: String, auth: String = "auth: { scheme: 'none' }") -> [String] {
    problems(
      "{ database: 'a', providers: [], integrations: [{\nid: 'oak', provider: 'ps', \(auth),\n\(body) }] }")
  }

  @Test func `a whole config is read with its paths made absolute and its defaults filled in`() throws {
    let config = try read(Self.whole)
    #expect(config.database == "/etc/homeroom/roster.db")
    #expect(config.providers == ["/etc/homeroom/build", "/usr/lib/homeroom"])
    var limits = GuardLimits()
    (limits.removedShare, limits.removedFloor, limits.updatedShare, limits.updatedFloor) = (0.2, 5, 1, 7)
    let oak = IntegrationConfig(
      path: "integrations[0]", id: IntegrationID(rawValue: "oak-ps"), provider: ProviderID(rawValue: "powerschool"),
      providerVersion: "1.0.0", baseURL: "https://ps.oak.example", isEnabled: false,
      auth: .clientCredentials(
        clientID: "c1", clientSecret: .file("secret"), tokenURL: "https://login.oak.example/token",
        scope: "roster"),
      rateLimit: RateLimitConfig(perMinute: 120, burst: 5, minIntervalMilliseconds: 10), maxInFlight: 3,
      pageSize: 200, options: #"{"enrollStatuses":["A"],"deep":{"a":1.5}}"#, limits: limits)
    #expect(config.integration("oak-ps") == oak)
    let elm = try #require(config.integration("elm"))
    #expect(elm.isEnabled && elm.options == "{}" && elm.limits == GuardLimits())
    #expect(config.integration("fir")?.auth == .staticBearer(token: .environment("FIR")))
  }

  @Test func `broken JSON5 is refused with file, line and column`() {
    #expect(
      problems("{\n  database: \"a\"\n  providers: []\n}") == [
        "homeroom.json5:3:3: Found \"p\" where a , or } is due."
      ])
    #expect(problems("[]") == ["homeroom.json5:1:1: must be an object, not a list."])
  }

  @Test func `everything that is wrong is said at once, in the order of the document`() {
    let text = """
      {
        databse: "roster.db",
        providers: "build",
        integrations: [
          { id: "Oak PS", provider: "powerschool", baseURL: "ps.oak.example", auth: { scheme: "oauth" } },
        ],
      }
      """
    #expect(
      problems(text) == [
        "homeroom.json5:1:1: database is missing: the path of the SQLite file, such as \"roster.db\".",
        "homeroom.json5:2:3: databse is not a known key; did you mean database.",
        "homeroom.json5:3:14: providers must be a list, not the text \"build\".",
        "homeroom.json5:5:11: integrations[0].id must be 1 to 64 of a-z, 0-9 and -, not \"Oak PS\".",
        "homeroom.json5:5:55: integrations[0].baseURL must be an absolute http or https URL with a host, not "
          + "\"ps.oak.example\".",
        "homeroom.json5:5:89: integrations[0].auth.scheme must be one of oauth2-client-credentials, "
          + "static-bearer, none, not \"oauth\".",
      ])
  }

  @Test func `an unknown key deep inside is named with its path and the nearest known one`() {
    let found = integration(
      "baseURL: 'https://x'",
      auth:
        "auth: { scheme: 'oauth2-client-credentials', clientID: 'a', clientSecret: 'env:B', tokenUrl: 'x' }"
    )
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix("integrations[0].auth.tokenUrl is not a known key; did you mean tokenURL.")
        == true)
    #expect(
      integration("baseURL: 'https://x', zebra: 1").first?.contains(
        "integrations[0].zebra is not a known key; known here are id, provider,") == true)
  }

  @Test(arguments: ["hush-hush", "", "vault:x", "ENV:X"])
  func `a secret in clear is refused with the advice, and never repeated`(secret: String) {
    let found = integration(
      "baseURL: 'https://x'",
      auth: "auth: { scheme: 'oauth2-client-credentials', clientID: 'a', clientSecret: '\(secret)' }")
    #expect(found.count == 1)
    #expect(
      found.first?.contains("auth.clientSecret must say where the secret is, not the secret itself") == true)
    #expect(found.first?.contains("\"file:PATH\"") == true)
    if !secret.isEmpty { #expect(found.first?.contains(secret) == false) }
  }

  @Test(arguments: [
    (
      "baseURL: 'https://x', pageSize: 0",
      "pageSize must be a whole number from 1 to 100000, not the number 0"
    ),
    (
      "baseURL: 'https://x', pageSize: 1.5",
      "pageSize must be a whole number from 1 to 100000, not the number 1.5"
    ),
    (
      "baseURL: 'https://x', pageSize: 1e300",
      "pageSize must be a whole number from 1 to 100000, not the number 1e+300"
    ),
    (
      "baseURL: 'https://x', maxInFlight: '4'",
      "maxInFlight must be a whole number from 1 to 32, not the text \"4\""
    ),
    (
      "baseURL: 'https://x', maxInFlight: NaN",
      "maxInFlight must be a whole number from 1 to 32, not the number nan"
    ),
    ("baseURL: 'https://x', enabled: 1", "enabled must be true or false, not the number 1"),
    ("baseURL: 'https://x', rateLimit: {}", "rateLimit.perMinute is missing: requests a minute, such as 60"),
    ("baseURL: 'https://x', rateLimit: 60", "rateLimit must be an object, not the number 60"),
    (
      "baseURL: 'https://x', guard: { removedShare: 10 }",
      "guard.removedShare must be a share from 0 to 1 (0.10 is 10 %), not the number 10"
    ),
    ("baseURL: 'https://x', options: []", "options must be an object, not a list"),
    (
      "baseURL: 'https://x', options: { a: Infinity }",
      "options must not hold Infinity or NaN: JSON cannot say them"
    ),
    ("enabled: true", "baseURL is missing: the address of the SIS, such as \"https://sis.example.org\""),
    (
      "baseURL: 'http://ps.example'",
      "baseURL must be https: over http a password would be readable on the way to ps.example"
    ),
    (
      "baseURL: 'http://127.evil.example'",
      "baseURL must be https: over http a password would be readable on the way to 127.evil.example"
    ),
    ("baseURL: 'https://x?a=1'", "baseURL must end before ? and #: it is only the start of every address"),
    (
      "baseURL: 'https://me:hush@x'",
      "baseURL must be an absolute http or https URL with a host (and holds no user or password), not \"...@x\""
    ),
    ("baseURL: 'https://x', providerVersion: 1", "providerVersion must be text, not the number 1"),
  ])
  func `a value of the wrong type or range is refused with both values`(body: String, message: String) {
    let found = integration(body)
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix(": integrations[0].\(message).") == true, "\(found)")
  }

  @Test func `keys of another scheme are refused`() {
    let found = integration("baseURL: 'https://x'", auth: "auth: { scheme: 'none', token: 'env:A' }")
    #expect(found.first?.hasSuffix("integrations[0].auth.token does not belong to the scheme none.") == true)
    let both = integration("baseURL: 'https://x'", auth: "auth: { scheme: 'static-bearer', clientID: 'a' }")
    #expect(both.count == 2)
  }

  @Test func `two integrations of one name are refused`() {
    let one = "{ id: 'oak', provider: 'p', baseURL: 'https://x', auth: { scheme: 'none' } }"
    let found = problems("{ database: 'a', providers: [], integrations: [\n\(one),\n\(one)] }")
    #expect(found == ["homeroom.json5:3:7: integrations[1].id \"oak\" is taken: line 2 has it already."])
  }

  @Test(arguments: [":memory:", "file:x?mode=memory"])
  func `a database that is no file is refused`(path: String) {
    let found = problems("{ database: '\(path)', providers: [], integrations: [] }")
    #expect(found == ["homeroom.json5:1:13: database must be the path of a file, not \"\(path)\"."])
  }

  @Test func `no config cut anywhere makes it trap`() {
    let scalars = Array(Self.whole.unicodeScalars)
    for cut in scalars.indices {
      #expect(!problems(String(String.UnicodeScalarView(scalars[..<cut]))).isEmpty)
    }
  }
}
