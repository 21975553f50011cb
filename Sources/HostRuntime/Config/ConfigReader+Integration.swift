import HostModel
import JSON5
import SyncCore
import TokenVault

extension ConfigReader {
  static let integrationKeys = [
    "id", "provider", "providerVersion", "baseURL", "enabled", "auth", "rateLimit", "breaker", "maxInFlight",
    "pageSize", "options", "guard", "isolation",
    "callSeconds", "schedule",
  ]

  /// One integration and where its id stands. Nil, with problems, where something needed is missing.
  func integration(_ element: Located<JSON5Node>) -> (IntegrationConfig, TextPlace)? {
    guard let object = ConfigObject(element.value, path: element.path, keys: Self.integrationKeys, problems)
    else { return nil }
    let id = identifier(object, "id", "your name for it, of a-z, 0-9 and -")
    let provider = identifier(object, "provider", "a provider's id; homeroom providers list shows them")
    let version = object.text("providerVersion")?.value
    let base = object.text("baseURL", needed: "the address of the SIS, such as \"https://sis.example.org\"")
    let origin = base.flatMap { baseOrigin($0) }
    let enabled = object.flag("enabled") ?? true
    let authentication = auth(object)
    let rate = rateLimit(object)
    let breakerOpenSeconds = breaker(object)
    let maxInFlight = object.integer("maxInFlight", in: 1...32)
    let pageSize = object.integer("pageSize", in: 1...100_000)
    let options = self.options(object)
    let limits = guardLimits(object)
    let isolation = isolation(object)
    let callSeconds = object.integer("callSeconds", in: 1...600) ?? 10
    let everyMinutes = schedule(object)
    guard let id, let provider, let base, origin != nil, let authentication else { return nil }
    var address = base.value
    while address.hasSuffix("/") { address.removeLast() }
    let config = IntegrationConfig(
      path: object.path, id: IntegrationID(rawValue: id.value), provider: ProviderID(rawValue: provider.value),
      providerVersion: version, baseURL: address, isEnabled: enabled, auth: authentication, rateLimit: rate,
      isolation: isolation, callSeconds: callSeconds, everyMinutes: everyMinutes, breakerOpenSeconds: breakerOpenSeconds, maxInFlight: maxInFlight, pageSize: pageSize, options: options, limits: limits)
    return (config, id.place)
  }

  private func identifier(_ object: ConfigObject, _ key: String, _ hint: String) -> Located<String>? {
    guard let text = object.text(key, needed: hint) else { return nil }
    guard Identifier.isValid(text.value) else {
      problems.add(
        text.place, text.path, "must be 1 to 64 of a-z, 0-9 and -, not \"\(text.value.prefix(80))\"")
      return nil
    }
    return text
  }

  /// `127.0.0.0/8`, `::1` and `localhost`: what never leaves this machine.
  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "[::1]" || (host.hasPrefix("127.") && isAddress(host))
  }

  private static func isAddress(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  private func baseOrigin(_ base: Located<String>) -> HTTPOrigin? {
    guard let origin = url(base) else { return nil }
    if base.value.contains("?") || base.value.contains("#") {
      problems.add(base.place, base.path, "must end before ? and #: it is only the start of every address")
    }
    return origin
  }

  /// An absolute URL to which a credential may go: https, or http to this machine only (security.md).
  private func url(_ text: Located<String>) -> HTTPOrigin? {
    guard let origin = HTTPOrigin(url: text.value), text.value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      let hint = text.value.contains("@") ? " (and holds no user or password)" : ""
      problems.add(
        text.place, text.path,
        "must be an absolute http or https URL with a host\(hint), not \"\(Self.withoutUser(text.value))\"")
      return nil
    }
    guard origin.scheme == "https" || Self.isLoopback(origin.host) else {
      problems.add(
        text.place, text.path,
        "must be https: over http a password would be readable on the way to \(origin.host)")
      return nil
    }
    return origin
  }

  /// An address may hold a password before its @: it is not repeated.
  private static func withoutUser(_ url: String) -> String {
    guard let at = url.lastIndex(of: "@") else { return String(url.prefix(80)) }
    return "...\(url[at...].prefix(80))"
  }

  private func rateLimit(_ object: ConfigObject) -> RateLimitConfig? {
    guard let node = object.node("rateLimit"),
      let limit = ConfigObject(
        node, path: object.path("rateLimit"), keys: ["perMinute", "burst", "minIntervalMilliseconds"],
        problems)
    else { return nil }
    let perMinute = limit.integer("perMinute", in: 1...1_000_000, needed: "requests a minute, such as 60")
    let burst = limit.integer("burst", in: 1...10_000) ?? 1
    let interval = limit.integer("minIntervalMilliseconds", in: 0...3_600_000) ?? 0
    return perMinute.map {
      RateLimitConfig(perMinute: $0, burst: burst, minIntervalMilliseconds: interval)
    }
  }

  private func isolation(_ object: ConfigObject) -> Isolation {
    guard let word = object.text("isolation") else { return .process }
    guard let isolation = Isolation(rawValue: word.value) else {
      problems.add(
        word.place, word.path,
        "must be \"process\" (a child process without rights) or \"in-process\" (for providers that are trusted "
          + "as the host is), not \"\(word.value.prefix(40))\"")
      return .process
    }
    return isolation
  }

  private func schedule(_ object: ConfigObject) -> Int? {
    guard let node = object.node("schedule"),
      let schedule = ConfigObject(node, path: object.path("schedule"), keys: ["everyMinutes"], problems)
    else { return nil }
    return schedule.integer("everyMinutes", in: 1...10_080, needed: "minutes from one sync to the next")
  }

  private func breaker(_ object: ConfigObject) -> Int {
    let usual = 30
    guard let node = object.node("breaker"),
      let breaker = ConfigObject(node, path: object.path("breaker"), keys: ["openSeconds"], problems)
    else { return usual }
    return breaker.integer("openSeconds", in: 1...3_600) ?? usual
  }

  private func options(_ object: ConfigObject) -> String {
    guard let node = object.node("options") else { return "{}" }
    guard case .object = node.value else {
      problems.add(node.place, object.path("options"), "must be an object, not \(ConfigObject.shown(node))")
      return "{}"
    }
    guard let json = node.json() else {
      problems.add(node.place, object.path("options"), "must not hold Infinity or NaN: JSON cannot say them")
      return "{}"
    }
    return json
  }

  private func guardLimits(_ object: ConfigObject) -> GuardLimits {
    var limits = GuardLimits()
    let keys = ["removedShare", "removedFloor", "updatedShare", "updatedFloor"]
    guard let node = object.node("guard"),
      let found = ConfigObject(node, path: object.path("guard"), keys: keys, problems)
    else { return limits }
    limits.removedShare = found.share("removedShare") ?? limits.removedShare
    limits.removedFloor = found.integer("removedFloor", in: 0...1_000_000_000) ?? limits.removedFloor
    limits.updatedShare = found.share("updatedShare") ?? limits.updatedShare
    limits.updatedFloor = found.integer("updatedFloor", in: 0...1_000_000_000) ?? limits.updatedFloor
    return limits
  }

  // MARK: - Credentials

  private func auth(_ object: ConfigObject) -> AuthConfig? {
    let hint = "{ scheme: \"oauth2-client-credentials\", clientID, clientSecret }, or { scheme: \"none\" }"
    guard let node = object.node("auth") else {
      object.missing("auth", hint)
      return nil
    }
    let every = ["scheme", "clientID", "clientSecret", "tokenURL", "scope", "token"]
    guard let auth = ConfigObject(node, path: object.path("auth"), keys: every, problems) else { return nil }
    let known = AuthConfig.schemes.joined(separator: ", ")
    guard let scheme = auth.text("scheme", needed: "one of \(known)") else { return nil }
    switch scheme.value {
    case "none":
      refuse(auth, scheme.value, allowed: [])
      return AuthConfig.none
    case "static-bearer":
      refuse(auth, scheme.value, allowed: ["token"])
      return secret(auth, "token").map { .staticBearer(token: $0) }
    case "oauth2-client-credentials":
      refuse(auth, scheme.value, allowed: ["clientID", "clientSecret", "tokenURL", "scope"])
      let clientID = auth.text("clientID", needed: "the client id that the SIS gave you")
      let secret = secret(auth, "clientSecret")
      let tokenURL = auth.text("tokenURL")
      if let tokenURL { _ = url(tokenURL) }
      let scope = auth.text("scope")?.value
      guard let clientID, let secret else { return nil }
      return .clientCredentials(
        clientID: clientID.value, clientSecret: secret, tokenURL: tokenURL?.value, scope: scope)
    default:
      let nearest = Suggestion.nearest(to: scheme.value, among: AuthConfig.schemes)
      let advice = nearest.map { "; did you mean \($0)" } ?? ""
      problems.add(scheme.place, scheme.path, "must be one of \(known), not \"\(scheme.value)\"\(advice)")
      return nil
    }
  }

  private func refuse(_ auth: ConfigObject, _ scheme: String, allowed: [String]) {
    for member in auth.members where member.key != "scheme" && !allowed.contains(member.key) {
      guard ["clientID", "clientSecret", "tokenURL", "scope", "token"].contains(member.key) else { continue }
      problems.add(member.place, auth.path(member.key), "does not belong to the scheme \(scheme)")
    }
  }

  /// Never quotes what it found: it may be the secret.
  private func secret(_ auth: ConfigObject, _ key: String) -> SecretReference? {
    guard let node = auth.node(key) else {
      auth.missing(key, "a reference to the secret: \(SecretReference.forms)")
      return nil
    }
    guard case .string(let text) = node.value, let reference = SecretReference(text) else {
      problems.add(node.place, auth.path(key), SecretReference.advice)
      return nil
    }
    return reference
  }
}
