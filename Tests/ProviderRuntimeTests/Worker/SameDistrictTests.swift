import Foundation
import HostModel
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

/// The providers that this package builds read a district alike in this process and in a worker, byte for
/// byte.
@Suite struct SameDistrictTests {
  private func compare(_ name: String, _ district: RecordedDistrict, maxInFlight: Int) async throws {
    let provider = try ProviderLibrary.inspect(BuiltTool.provider(name).path, trust: .notConfigured)
    let library = try ProviderLibrary.load(provider)
    func opening(_ cursor: Cursor? = nil) -> SessionOpening {
      SessionOpening(
        cursor: cursor, maxInFlight: maxInFlight, now: HostInstant(milliseconds: 1_790_000_000_000), seed: 5)
    }
    let here = try await district.drive(try await InProcessSession.open(library, opening()))
    let there = try await district.drive(try await ProviderLauncher.built().open(provider, opening()))
    #expect(here.count == there.count && here.count > 5)
    for (one, other) in zip(here, there) { #expect(one.text == other.text) }
    #expect(here.reduce(0) { $0 + $1.batch.entries.count } > 300)

    // Both go on alike from a place in the middle, whoever wrote it.
    let half = there.count / 2
    let place = try #require(there.prefix(half).reversed().lazy.compactMap(\.resume).first)
    let further = try await district.drive(try await InProcessSession.open(library, opening(place)))
    let isolated = try await district.drive(try await ProviderLauncher.built().open(provider, opening(place)))
    #expect(further.map(\.text) == isolated.map(\.text))
    #expect(further.count < here.count)
  }

  @Test func `PowerSchool, in Swift`() async throws {
    let district = try RecordedDistrict(
      "powerschool", ["--students", "60", "--client-id", "c", "--client-secret", "s"])
    try await district.signIn("c", "s")
    try await compare("powerschool", district, maxInFlight: 3)
  }

  @Test func `the CSV roster, in C99`() async throws {
    try await compare("csv_roster", try RecordedDistrict("csv", ["--students", "60"]), maxInFlight: 1)
  }
}
