import CCurl
import Foundation
import HostModel

/// One thread that owns one libcurl multi handle: others put exchanges into its inbox and wake it.
final class CurlLoop: @unchecked Sendable {
  // Unchecked: `inbox`, `cancelled` and `isClosing` are used under `lock`; everything else by the thread alone.
  private let multi: OpaquePointer
  private let certificates: String?
  private let lock = NSLock()
  private var inbox: [Exchange] = []
  private var cancelled: [UInt64] = []
  private var isClosing = false
  private let ended = DispatchSemaphore(value: 0)

  private var running: [OpaquePointer: Exchange] = [:]
  private var idle: [OpaquePointer] = []

  init?(certificates: String?) {
    _ = Self.initialized
    guard let multi = curl_multi_init() else { return nil }
    self.multi = OpaquePointer(multi)
    self.certificates = certificates
    let thread = Thread { [self] in run() }
    thread.name = "curl"
    thread.stackSize = 1 << 20
    thread.start()
  }

  /// libcurl asks for this once, before any thread uses it.
  private static let initialized: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  func submit(_ exchange: Exchange) {
    lock.lock()
    let isRefused = isClosing
    if !isRefused { inbox.append(exchange) }
    lock.unlock()
    if isRefused {
      exchange.fail(.cancelled, "the transport is closed")
      exchange.finish(CURLE_OK, isHTTP1: true)
    } else {
      wake()
    }
  }

  func cancel(_ id: UInt64) {
    lock.withLock { cancelled.append(id) }
    wake()
  }

  /// Ends every exchange, and the thread; returns when it has ended. To be called once.
  func close() {
    lock.withLock { isClosing = true }
    wake()
    ended.wait()
  }

  private var handle: UnsafeMutableRawPointer { UnsafeMutableRawPointer(multi) }

  private func wake() { curl_multi_wakeup(handle) }

  // MARK: - The thread

  private func run() {
    while true {
      let (new, gone, closing) = lock.withLock {
        defer {
          inbox = []
          cancelled = []
        }
        return (inbox, cancelled, isClosing)
      }
      for exchange in new { start(exchange) }
      for id in gone { end(id, .cancelled, "the caller gave it up") }
      if closing {
        for exchange in running.values { end(exchange.id, .cancelled, "the transport was closed") }
        break
      }
      var active: CInt = 0
      curl_multi_perform(handle, &active)
      collect()
      checkPace()
      // Woken by traffic, by curl's own timers, by `wake`; a quarter of a second bounds the look at the pace.
      curl_multi_poll(handle, nil, 0, running.isEmpty ? 60_000 : 250, nil)
    }
    for easy in idle { curl_easy_cleanup(UnsafeMutableRawPointer(easy)) }
    curl_multi_cleanup(handle)
    ended.signal()
  }

  private func start(_ exchange: Exchange) {
    guard let easy = idle.popLast().map({ UnsafeMutableRawPointer($0) }) ?? curl_easy_init() else {
      exchange.fail(.internal, "libcurl gave no handle")
      return exchange.finish(CURLE_OK, isHTTP1: true)
    }
    let code = EasyHandle.prepare(easy, exchange, certificates: certificates)
    guard code == CURLE_OK, curl_multi_add_handle(handle, easy) == CURLM_OK else {
      EasyHandle.release(easy, exchange)
      curl_easy_cleanup(easy)
      return exchange.finish(code == CURLE_OK ? CURLE_FAILED_INIT : code, isHTTP1: true)
    }
    running[OpaquePointer(easy)] = exchange
  }

  private func collect() {
    var left: CInt = 0
    while let message = curl_multi_info_read(handle, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      complete(OpaquePointer(easy), message.pointee.data.result)
    }
  }

  private func complete(_ easy: OpaquePointer, _ code: CURLcode) {
    guard let exchange = running.removeValue(forKey: easy) else { return }
    let raw = UnsafeMutableRawPointer(easy)
    var version = 0
    homeroom_easy_get_long(raw, CURLINFO_HTTP_VERSION, &version)
    curl_multi_remove_handle(handle, raw)
    EasyHandle.release(raw, exchange)
    if idle.count < 8 {
      curl_easy_reset(raw)
      idle.append(easy)
    } else {
      curl_easy_cleanup(raw)
    }
    exchange.finish(code, isHTTP1: version < Int(CURL_HTTP_VERSION_2_0))
  }

  private func end(_ id: UInt64, _ code: TransportError.Code, _ context: String) {
    guard let (easy, exchange) = running.first(where: { $0.value.id == id }) else { return }
    exchange.fail(code, context)
    complete(easy, CURLE_ABORTED_BY_CALLBACK)
  }

  private func checkPace() {
    let now = ContinuousClock.now
    for exchange in running.values {
      guard let late = exchange.lateness(now) else { continue }
      end(exchange.id, late.code, late.context)
    }
  }
}
