/// The worker's first frame: its sandbox, and the provider that it loaded.
package struct WorkerReady: Sendable, Equatable {
  package var sandbox: SandboxReport
  package var provider: Loading

  package enum Loading: Sendable, Equatable {
    case loaded(TableFacts)
    case refused(LoadRefusal)
  }

  package init(sandbox: SandboxReport, provider: Loading) {
    self.sandbox = sandbox
    self.provider = provider
  }

  package var frame: [UInt8] {
    var writer = WireWriter(frame: .ready, call: 0)
    sandbox.write(to: &writer)
    switch provider {
    case .loaded(let table):
      writer.put(UInt32(0))
      table.write(to: &writer)
    case .refused(let refusal):
      writer.put(refusal.number)
      writer.put(counted: refusal.words.utf8.prefix(LoadRefusal.mostBytes))
    }
    return writer.finish()
  }

  package init(_ payload: RawSpan) throws(WireError) {
    var reader = WireReader(payload, of: "ready")
    sandbox = try SandboxReport(&reader)
    let number = try reader.u32()
    if number == 0 {
      provider = .loaded(try TableFacts(&reader))
    } else {
      let words = String(decoding: try reader.array(most: LoadRefusal.mostBytes), as: UTF8.self)
      guard let refusal = LoadRefusal(number, words) else {
        throw WireError("it was not loaded for reason \(number), which there is not")
      }
      provider = .refused(refusal)
    }
    try reader.finish()
  }
}
