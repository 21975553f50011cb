import CSISPlugin
import Testing

/// A session driven through the bare ABI, by hosts whose structs have other sizes than this header's.
@Suite struct RawSessionTests {
  private func transcript(_ provider: BuiltProvider, _ extra: RawHost.Extra = RawHost.Extra()) throws
    -> [String]
  {
    let host = RawHost(extra: extra, answer: provider.answer)
    host.run(try provider.table())
    return host.transcript
  }

  @Test func `a Swift caller of the bare ABI gets what the CSV files hold`() throws {
    let transcript = try transcript(.csvRoster)
    #expect(
      transcript == [
        "request GET /orgs.csv", "record 1 1/0=1 20/0=Elm 21/0=school", "end 1 1", "cursor 0 \"\\u{01}\"",
        "request GET /academicSessions.csv",
        "record 2 1/0=t1 40/0=Fall 41/0=term 124/0=2026-08-17 125/0=2026-12-18", "end 2 1",
        "cursor 0 \"\\u{02}\"",
        "request GET /courses.csv", "record 3 1/0=c1 40/0=Algebra \"I\"", "end 3 1", "cursor 0 \"\\u{03}\"",
        "request GET /classes.csv", "record 4 1/0=k1 45/0=c1 46/0=1 47/0=t1 47/0=t2", "reject 4 k2",
        "end 4 1",
        "cursor 0 \"\\u{04}\"",
        "request GET /users.csv", "note 2 /users.csv: the column shoeSize is not known and was ignored",
        "record 5 1/0=u1 74/0=Ash 82/0=1 83/1=student 84/1=1 85/1=primary", "end 5 1", "cursor 0 \"\\u{05}\"",
        "request GET /enrollments.csv", "record 6 1/0=e1 120/0=u1 121/0=k1 122/0=student", "end 6 1",
        "cursor 0 \"\\u{06}\"", "status 1",
      ])
  }

  @Test func `a Swift caller of the bare ABI gets every kind from PowerSchool's answers`() throws {
    let transcript = try transcript(.powerSchool)
    #expect(transcript.last == "status 1", "\(transcript.suffix(5))")
    let records = transcript.filter { $0.hasPrefix("record ") }
    for (kind, id) in [
      (1, "3"), (2, "7"), (3, "11"), (5, "T63"), (5, "S31"), (7, "S31"), (4, "41"), (6, "51"),
    ] {
      #expect(records.contains { $0.hasPrefix("record \(kind) 1/0=\(id) ") }, "kind \(kind), \(id)")
    }
    #expect(Set(transcript.filter { $0.hasPrefix("end ") }) == Set((1...7).map { "end \($0) 1" }))
  }

  @Test(arguments: BuiltProvider.allCases, [8, 64, 1_024])
  func `a provider works the same for a newer host, whose structs are larger`(
    provider: BuiltProvider, extra: Int
  ) throws {
    #expect(try transcript(provider, .all(extra)) == transcript(provider))
  }

  @Test(arguments: BuiltProvider.allCases)
  func `open answers no session to a host whose structs are too small, and reads nothing behind them`(
    provider: BuiltProvider
  ) throws {
    let table = try provider.table()
    for size in stride(from: 8, to: MemoryLayout<sis_open>.size, by: 8) {
      let host = RawHost(extra: RawHost.Extra(open: size - MemoryLayout<sis_open>.size))
      #expect(host.open(table) == nil, "sis_open of \(size) bytes")
      #expect(host.transcript.count == 1 && host.transcript[0].hasPrefix("error \(SIS_E_UNSUPPORTED) "))
    }
    for size in stride(from: 8, to: MemoryLayout<sis_sink>.size, by: 8) {
      let host = RawHost(extra: RawHost.Extra(sink: size - MemoryLayout<sis_sink>.size))
      #expect(host.open(table) == nil, "sis_sink of \(size) bytes")
      #expect(host.transcript == [])
    }
  }

  @Test(arguments: BuiltProvider.allCases)
  func
    `a call with a struct that is too small fails, reads nothing behind it, and leaves the session as it was`(
      provider: BuiltProvider
    ) throws
  {
    let host = RawHost()
    let session = try #require(host.open(try provider.table()))
    defer { session.pointee.close(session) }
    for size in stride(from: 8, to: MemoryLayout<sis_turn>.size, by: 8) {
      let small = RawHost(extra: RawHost.Extra(turn: size - MemoryLayout<sis_turn>.size))
      #expect(small.next(session) == SIS_E_UNSUPPORTED, "sis_turn of \(size) bytes")
      #expect(small.transcript.count == 1)
    }
    #expect(host.next(session) == SIS_OK)
    for size in stride(from: 8, to: MemoryLayout<sis_response>.size, by: 8) {
      let small = RawHost(extra: RawHost.Extra(response: size - MemoryLayout<sis_response>.size))
      #expect(small.feed(session, id: 1, body: "x") == SIS_E_UNSUPPORTED, "sis_response of \(size) bytes")
      #expect(small.transcript.count == 1)
    }
    for size in stride(from: 8, to: MemoryLayout<sis_sink>.size, by: 8) {
      let small = RawHost(extra: RawHost.Extra(sink: size - MemoryLayout<sis_sink>.size))
      #expect(small.next(session) == SIS_E_UNSUPPORTED, "sis_sink of \(size) bytes")
      #expect(small.feed(session, id: 1, body: "x") == SIS_E_UNSUPPORTED, "sis_sink of \(size) bytes")
    }
    let first = provider == .csvRoster ? "/orgs.csv" : "/ws/v1/metadata"
    #expect(host.feed(session, id: 1, body: provider.answer(to: first)) == SIS_OK)
  }
}
