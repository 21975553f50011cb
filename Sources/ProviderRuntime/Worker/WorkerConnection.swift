import Glibc
import WorkerProtocol

/// Frames to and from one worker, each within the time that its call still has. Belongs to one session's actor.
///
/// Only waiting counts against that time, not what the host does with a frame; what a call may send has a bound of its
/// own.
final class WorkerConnection {
  /// Why a call was not answered.
  enum Interruption: Error {
    case failure(WorkerFailure)
    /// The worker is about to be gone, or has closed its end.
    case ending
  }

  /// More than any call's records: those are bounded to 1 GiB.
  private static let mostBytesOfCall = 2 << 30
  /// The time between the end of a socket and that of its process.
  private static let graceMilliseconds: UInt64 = 250
  private static let killMilliseconds: UInt64 = 10_000

  private let process: WorkerProcess
  private let loop: WorkerLoop
  private let limits: WorkerLimits
  private let inbox = FrameInbox()
  /// Milliseconds that may still be waited in this call, and bytes that have come.
  private var timeLeft: UInt64 = 0
  private var received = 0
  /// What the worker's signal handler told.
  private var words: LastWords?

  init(_ process: WorkerProcess, _ loop: WorkerLoop, _ limits: WorkerLimits) {
    self.process = process
    self.loop = loop
    self.limits = limits
  }

  // MARK: - Frames

  /// Begins a call by sending its frame: `head`, and behind it `body` from where it lies.
  nonisolated(nonsending) func send(_ head: [UInt8], _ body: [UInt8] = []) async throws(Interruption) {
    timeLeft = UInt64(clamping: limits.callMilliseconds)
    received = 0
    _ = process.takeLastLine()
    var sent = 0
    while true {
      sent += try sendOnce(head, body, from: sent)
      if sent == head.count + body.count { return }
      try await wait(.writing)
    }
  }

  /// - Returns: how many bytes went.
  private func sendOnce(_ head: [UInt8], _ body: [UInt8], from sent: Int) throws(Interruption) -> Int {
    let count = head.withUnsafeBytes { head in
      body.withUnsafeBytes { body in
        func part(_ bytes: UnsafeRawBufferPointer, _ skipped: Int) -> iovec {
          let rest = bytes.dropFirst(max(skipped, 0))
          return iovec(
            iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress.map { $0 + rest.startIndex }),
            iov_len: rest.count)
        }
        var parts = [part(head, sent), part(body, sent - head.count)]
        return parts.withUnsafeMutableBufferPointer { parts in
          var message = msghdr()
          message.msg_iov = parts.baseAddress
          message.msg_iovlen = parts.count
          return sendmsg(process.socket, &message, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
      }
    }
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw .ending }
    return 0
  }

  /// The next frame of call `number`. Its payload is valid until the next.
  nonisolated(nonsending) func receive(call number: UInt32) async throws(Interruption) -> FrameInbox.Frame {
    var mayHoldMore = false
    while true {
      if let frame = try next(number) {
        guard frame.header.kind == .lastWords else { return frame }
        words = try? LastWords(RawSpan(_unsafeBytes: frame.payload))
        throw .ending
      }
      if !mayHoldMore { try await wait(.reading) }
      switch inbox.receive(from: process.socket) {
      case .some: mayHoldMore = true
      case .nothing: mayHoldMore = false
      case .ended: throw .ending
      }
    }
  }

  private func next(_ number: UInt32) throws(Interruption) -> FrameInbox.Frame? {
    do throws(WireError) {
      guard let frame = try inbox.next() else { return nil }
      guard frame.header.kind.isFromWorker else {
        throw WireError("it sent a frame of kind \(frame.header.kind)")
      }
      guard frame.header.call == (frame.header.kind == .lastWords ? 0 : number) else {
        throw WireError("it answered call \(frame.header.call) in call \(number)")
      }
      // The header too: a flood of empty frames has an end.
      received += FrameHeader.byteCount + frame.header.length
      guard received <= Self.mostBytesOfCall else {
        throw WireError("it sent more than \(Self.mostBytesOfCall) bytes in one call")
      }
      return frame
    } catch { throw .failure(.brokeProtocol(error.sentence)) }
  }

  private nonisolated(nonsending) func wait(_ direction: WorkerLoop.Direction) async throws(Interruption) {
    if direction == .reading, hasAnswerSoon { return }
    let start = WorkerLoop.now
    let isReady = await loop.wait(for: process.socket, direction, until: start + timeLeft)
    timeLeft -= min(WorkerLoop.now - start, timeLeft)
    guard isReady else { throw .failure(.deadline(milliseconds: limits.callMilliseconds)) }
  }

  /// Most calls take a tenth of a millisecond, and handing their answer from thread to thread would take as much again: so
  /// the run's own thread waits for as long as that, and only a longer call is left to the loop.
  private var hasAnswerSoon: Bool {
    var waiting = pollfd(fd: process.socket, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, Self.soonMilliseconds) > 0
  }

  private static let soonMilliseconds: CInt = 5

  // MARK: - The end

  /// Ends the worker, waits until it is gone, and finds out what became of it.
  nonisolated(nonsending) func end(_ interruption: Interruption) async -> WorkerFailure {
    switch interruption {
    case .failure(.deadline(let milliseconds)):
      let isFull = isOutOfMemory
      await kill()
      return isFull
        ? .memoryLimit(bytes: limits.addressSpaceBytes, signal: nil) : .deadline(milliseconds: milliseconds)
    case .failure(let failure):
      await kill()
      return failure
    case .ending:
      _ = await loop.wait(for: process.end, until: WorkerLoop.now + Self.graceMilliseconds)
      let status = process.takeStatus()
      await kill()
      return failure(status)
    }
  }

  /// The last line of its standard error, for the sentence about its end.
  func lastLine() -> String { process.takeLastLine() }

  /// Asks a worker that is not in a call to close its session, and ends it.
  nonisolated(nonsending) func close() async {
    if process.takeStatus() == nil,
      (try? sendOnce(WireWriter(frame: .close, call: 0).finish(), [], from: 0)) == FrameHeader.byteCount
    {
      let deadline = WorkerLoop.now + UInt64(clamping: limits.closeMilliseconds)
      _ = await loop.wait(for: process.end, until: deadline)
    }
    await kill()
  }

  private nonisolated(nonsending) func kill() async {
    guard process.takeStatus() == nil else { return }
    process.kill()
    // Some milliseconds: its memory is given back. A process that the kernel holds is left to
    // `WorkerProcess`.
    _ = await loop.wait(for: process.end, until: WorkerLoop.now + Self.killMilliseconds)
    _ = process.takeStatus()
  }

  /// Is so much in use that an eighth more cannot be had? The same measure as in the worker's signal handler.
  private var isOutOfMemory: Bool {
    process.addressSpace.map { $0 > limits.addressSpaceBytes - limits.addressSpaceBytes / 8 } ?? false
  }

  /// - Parameter status: how it ended by itself; nil if it did not.
  private func failure(_ status: CInt?) -> WorkerFailure {
    let signal = words?.signal ?? status.map { $0 & 0x7F } ?? 0
    if signal == SIGXCPU { return .processorLimit(seconds: limits.cpuSeconds) }
    if signal == SIGSYS { return .forbiddenCall(words.map(\.forbiddenCall)) }
    if let words {
      return words.isOutOfMemory
        ? .memoryLimit(bytes: limits.addressSpaceBytes, signal: words.signal) : .signalled(words.signal)
    }
    guard let status else { return .closedConnection }
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}
