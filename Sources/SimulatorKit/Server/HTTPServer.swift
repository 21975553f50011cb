import Glibc

/// How the server itself behaves, whatever it serves.
package struct ServerOptions: Sendable {
  package var host = "127.0.0.1"
  /// 0: the system chooses.
  package var port: UInt16 = 0
  package var gzip = true
  /// Milliseconds before each answer.
  package var latency = 0
  package var faults: [Fault] = []
  /// Seconds, in injected 429 and 503.
  package var retryAfter = 1
  /// How long a `slow` answer takes.
  package var slowMilliseconds = 2000
  package var log: RequestLog?
  package init() {}
}

/// A small HTTP/1.1 server: one thread a connection, at most 512 of them.
package final class HTTPServer: @unchecked Sendable {  // mutable state is behind the lock
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  static let connectionLimit = 512

  let options: ServerOptions
  let service: any HTTPService
  let faults: FaultPlan
  private let onControl: @Sendable (HTTPRequestHead, HTTPAnswer) -> Void
  private let lock = Lock()
  private var listener: Int32 = -1
  private var connections: Set<Int32> = []
  private var inFlight = 0
  private var stopping = false

  /// The port that it listens on.
  package private(set) var port: UInt16 = 0

  /// `onControl` answers what is under `/_simulator`.
  package init(
    _ options: ServerOptions, service: any HTTPService,
    onControl: @escaping @Sendable (HTTPRequestHead, HTTPAnswer) -> Void = { _, answer in answer.status = 404 }
  ) {
    self.options = options
    self.service = service
    self.onControl = onControl
    faults = FaultPlan(options.faults)
  }

  /// Binds and begins to accept, on a thread of its own.
  package func start() throws(Failure) {
    signal(SIGPIPE, SIG_IGN)
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw failure("open a socket") }
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = options.port.bigEndian
    guard inet_pton(AF_INET, options.host, &address.sin_addr) == 1 else {
      close(socket)
      throw Failure(description: "--host takes an IPv4 address such as 127.0.0.1, not \"\(options.host)\".")
    }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, length) == 0 && listen(socket, 256) == 0
          && getsockname(socket, address, &length) == 0
      }
    }
    guard bound else {
      let reason = failure("listen on \(options.host):\(options.port)")
      close(socket)
      throw reason
    }
    port = UInt16(bigEndian: address.sin_port)
    lock.withLock { listener = socket }
    guard Thread.start({ [self] in acceptLoop(socket) }) else { throw failure("start a thread") }
  }

  private func failure(_ what: String) -> Failure {
    Failure(description: "Cannot \(what): \(String(cString: strerror(errno))).")
  }

  private func acceptLoop(_ socket: Int32) {
    while !isStopping {
      let client = accept(socket, nil, nil)
      if client < 0 {
        if errno == EINTR || errno == ECONNABORTED { continue }
        if errno == EMFILE || errno == ENFILE {
          usleep(10_000)
          continue
        }
        return
      }
      let isAdmitted = lock.withLock { () -> Bool in
        guard !stopping, connections.count < Self.connectionLimit else { return false }
        connections.insert(client)
        return true
      }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      var yes: Int32 = 1
      setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      let isServed =
        isAdmitted
        && Thread.start { [self] in
          Connection(descriptor: client, server: self).run()
          end(client)
        }
      if !isServed { end(client) }
    }
  }

  private func end(_ client: Int32) {
    lock.withLock {
      connections.remove(client)
      close(client)
    }
  }

  package var isStopping: Bool { lock.withLock { stopping } }

  /// Stops accepting, lets answers in work go out for up to two seconds, then cuts what is left.
  package func stop() {
    let socket = lock.withLock { () -> Int32 in
      stopping = true
      for client in connections { shutdown(client, Int32(SHUT_RD)) }
      defer { listener = -1 }
      return listener
    }
    if socket >= 0 {
      shutdown(socket, Int32(SHUT_RDWR))
      close(socket)
    }
    let deadline = monotonicMilliseconds() + 2000
    while lock.withLock({ inFlight > 0 }), monotonicMilliseconds() < deadline { usleep(2000) }
    lock.withLock { for client in connections { shutdown(client, Int32(SHUT_RDWR)) } }
  }

  func enter() -> Int {
    lock.withLock {
      inFlight += 1
      return inFlight
    }
  }

  func leave() { lock.withLock { inFlight -= 1 } }
  func record(_ entry: RequestLog.Entry) { options.log?.write(entry) }
  func control(_ request: HTTPRequestHead, _ answer: HTTPAnswer) { onControl(request, answer) }
}
