import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import CurlTransport

/// The simulator spoils its answers as real servers and what stands before them do.
@Suite struct SimulatorFaultTests {
  let transport: CurlTransport
  init() throws { transport = try CurlTransport() }

  /// The first answer for the CSV file of a small district, spoiled by `fault`; the second is sound.
  private func outcome(_ fault: String, _ limits: HTTPLimits = .standard) async throws -> (
    Result<HTTPResponse, TransportError>, HTTPResponse
  ) {
    let simulator = try ToolProcess(
      BuiltTool.simulator,
      ["csv", "--students", "100", "--exit-with-parent", "--slow-ms", "200", "--fault", "\(fault)@1"])
    defer { simulator.send(SIGKILL) }
    let url = String(try #require(simulator.nextLine()?.split(separator: " ").last)) + "/users.csv"
    let first: Result<HTTPResponse, TransportError>
    do throws(TransportError) { first = .success(try await transport.perform(.get(url, limits))) } catch {
      first = .failure(error)
    }
    return (first, try await transport.perform(.get(url)))
  }

  @Test(
    arguments: [
      ("cut-body", [.bodyIncomplete]), ("cut-gzip", [.bodyIncomplete]), ("cut-chunks", [.bodyIncomplete]),
      ("wrong-content-length", [.bodyIncomplete]), ("reset", [.reset]), ("hang", [.firstByteTimeout]),
      ("redirect", [.redirectRefused]),
    ] as [(String, [TransportError.Code])])
  func `a spoiled answer is none`(_ fault: String, _ codes: [TransportError.Code]) async throws {
    let (first, second) = try await outcome(fault, .with { $0.firstByteMilliseconds = 500 })
    guard case .failure(let error) = first else {
      return #expect(Bool(false), "\(fault): it was taken for whole")
    }
    #expect(codes.contains(error.code), "\(error)")
    #expect(second.status == 200 && second.body.count > 5_000)
  }

  @Test(arguments: ["chunked", "no-content-length", "slow"])
  func `an answer that is only told another way is the same`(_ fault: String) async throws {
    let (first, second) = try await outcome(fault)
    #expect(try first.get().body == second.body)
    #expect(second.isFramed)
    // Without a length the end of the gzip stream proves it.
    #expect(try first.get().isFramed)
  }

  @Test func `an error status is an answer, with its body and its Retry-After`() async throws {
    let (first, _) = try await outcome("503")
    let response = try first.get()
    #expect(response.status == 503 && response.header("retry-after") == "1" && !response.body.isEmpty)
  }

  @Test func `an empty answer is framed where its length says so`() async throws {
    let response = try await outcome("empty200").0.get()
    #expect(response.status == 200 && response.body.isEmpty && response.isFramed)
  }
}
