import HostModel

extension HostError {
  /// The code of a place that cannot be gone on from: a cursor or bookmark that the provider does not read, or that
  /// the source has forgotten.
  package static let cursorUnreadable = "cursor-unreadable"

  /// A fault of a provider, in words for the district.
  package init(_ fault: ProviderFault, place: String) {
    let at = fault.pointer.isEmpty ? "" : " at \(fault.pointer)"
    let said = "\(place): \(fault.message)\(at)"
    switch fault.code {
    case .config:
      self.init(.configuration, "provider-config", said, advice: "Correct the integration's options")
    case .auth:
      self.init(
        .authentication, "credential-refused", said,
        advice: "Check the integration's credentials and rights in the SIS")
    case .forbidden:
      self.init(.authorization, "forbidden", said, advice: "Give the integration the right to it in the SIS")
    case .unlicensed:
      self.init(.authorization, "unlicensed", said, advice: "Ask the SIS vendor to enable this interface")
    case .notFound:
      self.init(.configuration, "not-found", said, advice: "Check the base URL of this integration")
    case .throttled:
      self.init(
        .rateLimit, "rate-limited", said, advice: "Lower rateLimit.perMinute of this integration",
        isRetryable: true)
    case .maintenance:
      self.init(.server, "maintenance", said, advice: "Run it again later", isRetryable: true)
    case .transient:
      self.init(.server, "transient", said, advice: "The next run goes on from here", isRetryable: true)
    case .protocol:
      self.init(
        .dataValidation, "bad-answer", said,
        advice: "If it stays so, record the answer and tell the provider's vendor", isRetryable: true)
    case .semantic:
      self.init(.server, "error-answer", said, advice: "Follow what the SIS says")
    case .cursor:
      self.init(
        .provider, Self.cursorUnreadable, said, advice: "Run it again with --full", isRetryable: true)
    case .unsupported:
      self.init(.provider, "unsupported", said, advice: "Run it again with --full")
    case .refused, .noMemory, .internal, .contract:
      self.init(
        .provider, "provider-\(fault.code)", said, advice: "This is a bug of the provider: tell its vendor")
    case .crashed:
      self.init(
        .provider, "provider-crashed", said, advice: "This is a bug of the provider: tell its vendor",
        isRetryable: true)
    }
  }

  /// A failure of the store, in words for the operator.
  package init(_ error: StoreError) {
    let advice: String
    switch error.code {
    case .open: advice = "Check the database's path and the rights to it"
    case .busy: advice = "Another process is writing; run it again when that has ended"
    case .disk: advice = "Check the disk's space and health; nothing half-done was kept"
    case .corrupt: advice = "Restore the database from a backup; do not delete its -wal file"
    case .tooNew: advice = "Use the newer Homeroom that wrote it"
    case .fenced: advice = "Another host has taken over this integration; let it"
    case .notFound: advice = ""
    case .internal: advice = "This is a bug of Homeroom: report it with this sentence"
    }
    self.init(
      .storage, "storage-\(error.code.rawValue)", error.context, advice: advice,
      isRetryable: error.code == .busy || error.code == .fenced)
  }
}
