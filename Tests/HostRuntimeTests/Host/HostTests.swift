import CurlTransport
import Foundation
import HostModel
import HostPlatform
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

@testable import HostRuntime

/// Real providers, a real transport, a real simulator; only the store is a recording one.
struct HostTests {
  /// Foundation has a Host too.
  typealias Host = HostRuntime.Host

  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  func config(_ entry: String) throws -> HostConfig {
    try ConfigReader.read(
      "{ database: 'r.db', providers: ['\(BuiltTool.folder.path)'], "
        + "integrations: [{ id: 'oak', \(entry) }] }",
      file: "homeroom.json5", folder: folder.url.path)
  }

  func host(_ config: HostConfig, _ store: RecordingStore, environment: [String: String] = [:]) throws -> Host
  {
    Host(
      config: config, store: store, registry: Host.registry(config),
      transport: try CurlTransport(), clock: SystemHostClock(), environment: environment)
  }

  /// What stops a sync before it begins.
  func refusal(_ entry: String, environment: [String: String] = [:]) async throws -> HostError? {
    let config = try config(entry)
    let store = RecordingStore()
    let host = try host(config, store, environment: environment)
    do {
      _ = try await host.sync(try #require(config.integration("oak")), full: false, isDryRun: false) { _ in }
      return nil
    } catch let error as HostError {
      let begun = await store.begun
      #expect(begun.isEmpty)
      return error
    }
  }

  static let powerschool = "provider: 'powerschool', baseURL: 'http://127.0.0.1:1'"

  @Test func `a district is read through its provider's file, over a real connection`() async throws {
    let simulator = try ChildProcess(
      BuiltTool.simulator.path,
      ["powerschool", "--students", "40", "--client-id", "c", "--client-secret", "s3"])
    defer { simulator.stop() }
    let url = try #require(simulator.readLine(timeoutMilliseconds: 30_000)?.split(separator: " ").last)
    try folder.write("secret", "s3\n", mode: 0o600)
    let config = try config(
      """
      provider: 'powerschool', baseURL: '\(url)', rateLimit: { perMinute: 1000000, burst: 100 },
      auth: { scheme: 'oauth2-client-credentials', clientID: 'c', clientSecret: 'file:secret' }
      """)
    let store = RecordingStore()
    let integration = try #require(config.integration("oak"))
    let report = try await host(config, store).sync(integration, full: false, isDryRun: false) { _ in }
    #expect(report.state == .published, "\(String(describing: report.error))")
    let lines = await store.lines
    #expect(lines.filter { $0.hasPrefix("user S") }.count == 40)
    #expect(Set(lines.filter { $0.hasPrefix("enrollment ") }).count >= 40 * 7)
    let begun = await store.begun
    #expect(begun.map(\.mode) == [.full])
    #expect(begun.map(\.providerVersion) == ["1.0.0"])
  }

  @Test func `a wrong secret fails the run with the advice, and the run is ended in the store`() async throws
  {
    let simulator = try ChildProcess(
      BuiltTool.simulator.path, ["powerschool", "--students", "10", "--client-secret", "right"])
    defer { simulator.stop() }
    let url = try #require(simulator.readLine(timeoutMilliseconds: 30_000)?.split(separator: " ").last)
    let config = try config(
      """
      provider: 'powerschool', baseURL: '\(url)',
      auth: { scheme: 'oauth2-client-credentials', clientID: 'c', clientSecret: 'env:PS' }
      """)
    let store = RecordingStore()
    let integration = try #require(config.integration("oak"))
    let host = try host(config, store, environment: ["PS": "wrong-hush"])
    let report = try await host.sync(integration, full: false, isDryRun: false) { _ in }
    #expect(report.state == .failed)
    #expect(report.error?.category == .authentication)
    #expect(report.error.map { "\($0)" }?.contains("wrong-hush") == false)
    let ended = await store.ended
    #expect(ended.map(\.state) == [.failed])
  }

  @Test func `a cursor that the provider cannot read leads to a run from the beginning`() async throws {
    let config = try config("provider: 'csv-roster', baseURL: 'http://127.0.0.1:1', auth: { scheme: 'none' }")
    let store = RecordingStore(cursors: [Cursor(version: 4_000_000, bytes: [1])])
    let integration = try #require(config.integration("oak"))
    // Nobody listens on port 1: the second run fails at its first request, which is all that is needed here.
    let report = try await host(config, store).sync(integration, full: false, isDryRun: false) { _ in }
    let (begun, ended) = await (store.begun, store.ended)
    #expect(begun.map(\.startsAnew) == [false, true])
    #expect(ended.first?.state == .interrupted)
    #expect(ended.first?.code == "cursor-unreadable")
    #expect(ended.first?.keepsStaged == false)
    #expect(!report.isResumed)
    #expect(report.error?.category == .network)
  }

  @Test func `a provider that is not there is named with those that are`() async throws {
    let error = try await refusal("provider: 'zebra', baseURL: 'https://x', auth: { scheme: 'none' }")
    let before = "{ database: 'r.db', providers: ['\(BuiltTool.folder.path)'], integrations: [{ id: 'oak', provider: "
    let column = before.count + 1
    #expect(
      error?.message
        == "homeroom.json5:1:\(column): integrations[0].provider is \"zebra\", "
        + "which is no provider at hand; at hand are csv-roster, powerschool")
  }

  @Test func `a scheme that the provider does not know is refused with those that it does`() async throws {
    let error = try await refusal("\(Self.powerschool), auth: { scheme: 'none' }")
    #expect(
      error?.message.hasSuffix(
        "integrations[0].auth.scheme is \"none\"; the provider powerschool takes oauth2-client-credentials")
        == true)
  }

  @Test func `a secret that cannot be read stops the sync before anything is begun`() async throws {
    let error = try await refusal(
      "\(Self.powerschool), auth: { scheme: 'oauth2-client-credentials', clientID: 'c', "
        + "clientSecret: 'env:PS' }"
    )
    #expect(error?.message.contains("integrations[0].auth.clientSecret names a secret that cannot be used") == true)
    #expect(error?.message.contains("the environment has no variable PS") == true)
  }

  @Test func `options that the provider does not know are refused with the nearest one`() async throws {
    let auth = "auth: { scheme: 'oauth2-client-credentials', clientID: 'c', clientSecret: 'env:PS' }"
    let error = try await refusal(
      "\(Self.powerschool), options: { enrolStatuses: ['A'] }, \(auth)", environment: ["PS": "x"])
    #expect(
      error?.message.hasSuffix(
        "integrations[0].options.enrolStatuses is not an option of this provider; did you mean enrollStatuses?")
        == true)
    let value = try await refusal(
      "\(Self.powerschool), options: { enrollStatuses: ['Z'] }, \(auth)", environment: ["PS": "x"])
    #expect(value?.message.contains("enrollStatuses has \"Z\"; it must be one of \"A\"") == true)
  }

  @Test func `a disabled integration is not synced`() async throws {
    let error = try await refusal("\(Self.powerschool), enabled: false, auth: { scheme: 'none' }")
    #expect(error?.code == "integration-disabled")
  }

  @Test func `files that are no providers are listed with their reason beside those that are`() throws {
    try folder.write("providers/libbroken.so", "not an ELF file")
    let file = BuiltTool.provider("csv_roster")
    try FileManager.default.copyItem(at: file, to: folder.file("providers/libgood.so"))
    let config = try ConfigReader.read(
      "{ database: 'r', providers: ['providers', 'missing'], integrations: [] }", file: "c",
      folder: folder.url.path)
    let (usable, refused) = Host.providers(config)
    #expect(usable.map(\.id.rawValue) == ["csv-roster"])
    #expect(refused.map(\.error.category) == [.configuration, .provider])
  }
}
