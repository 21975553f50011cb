import TestSupport
import Testing
import WorkerProtocol

@Suite struct MessageTests {
  @Test func `every message is read as it was written`() throws {
    for message in Message.all {
      #expect(try message.rewritten(message.payload) == message.payload, "\(message.name)")
    }
    #expect(Set(Message.all.map(\.name)).count == 10)
  }

  @Test func `every message that is cut short is refused, at whichever byte`() {
    for message in Message.all {
      for count in 0..<message.payload.count {
        // A body is whatever stands behind the headers.
        if message.name == "feed", count >= message.payload.count - 3 { continue }
        #expect(throws: WireError.self, "\(message.name) at \(count)") {
          try message.rewritten(Array(message.payload[..<count]))
        }
      }
    }
  }

  @Test func `bytes behind the end of a message are refused`() {
    for message in Message.all where message.name != "feed" && message.name != "reply" {
      #expect(throws: WireError.self, "\(message.name)") { try message.rewritten(message.payload + [0]) }
    }
  }

  @Test func `numbers that stand for nothing are refused`() {
    var state = Message.reply.payload
    state[4] = 3
    #expect(throws: WireError("its reply has a session of state 3, which there is not")) {
      try Message.reply.rewritten(state)
    }
    var refusal = Message.ready("", .refused(.declined)).payload
    refusal[20] = 9
    #expect(throws: WireError("it was not loaded for reason 9, which there is not")) {
      try Message.ready("", .refused(.declined)).rewritten(refusal)
    }
    var table = Message.ready("", .loaded(Message.table)).payload
    table[28] = 5
    #expect(throws: WireError("it sent a table that lacks member 5, which there is not")) {
      try Message.ready("", .loaded(Message.table)).rewritten(table)
    }
  }

  @Test func `an id, a version and a manifest have a most that is looked at before they are`() throws {
    let most = TableFacts.mostManifestBytes
    for (manifest, id, isTaken) in [(most, 128, true), (most + 1, 1, false), (1, 129, false)] {
      var table = Message.table
      table.manifest = [UInt8](repeating: 0x20, count: manifest)
      table.id = [UInt8](repeating: 0x61, count: id)
      let message = Message.ready("", .loaded(table))
      #expect((try? message.rewritten(message.payload)) == (isTaken ? message.payload : nil))
    }
  }

  @Test func `what could not be applied of a sandbox is told with the kernel's number`() {
    var report = SandboxReport()
    #expect(report.missing.isEmpty)
    report[.landlock] = -38
    report[.limits] = .min
    #expect(report.missing.map(\.part) == [.limits, .landlock])
    #expect(report.missing.map(\.error) == [.max, 38])
    #expect(
      report.summary
        == "no new privileges, seccomp while loading, seccomp while running; "
        + "without resource limits (error 2147483647), Landlock (error 38)")
    report[.limits] = 0
    report[.landlock] = 7
    #expect(
      report.summary
        == "resource limits, no new privileges, Landlock 7, seccomp while loading, seccomp while running")
  }

  @Test func `mutated and random frames never trap, and what is read of them is written alike`() {
    var random = SeededRandom(seed: 20_261_124)
    var (read, refused) = (0, 0)
    for round in 0..<60_000 {
      let message = random.element(of: Message.all)
      var bytes = message.payload
      if round % 4 == 0 {
        bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
          UInt8.random(in: 0...3, using: &random)
        }
      }
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = random.element(of: [0, 1, 0x7F, 0x80, 0xFF])
        case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 2: bytes.removeSubrange(place...)
        default: bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF].prefix(Int(bytes[place] % 5)), at: place)
        }
      }
      do throws(WireError) {
        _ = try message.rewritten(bytes)
        read += 1
      } catch { refused += 1 }
      _ = try? FrameHeader(RawSpan(bytes))
    }
    #expect(read > 5_000 && refused > 20_000, "the mutations reach both sides: \(read), \(refused)")
  }
}
