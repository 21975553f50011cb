import CSISPlugin

/// What a session is opened with.
public struct Opening: Sendable {
  public enum Mode: Sendable { case full, delta }

  /// An opaque place to go on from, as the provider wrote it.
  public struct Place: Sendable {
    public var version: UInt32
    public var bytes: [UInt8]
  }

  public var mode: Mode
  /// A JSON object: the integration's options, checked against the manifest, defaults filled in.
  public var config: [UInt8]
  /// Where an interrupted run goes on; nil for a new one.
  public var cursor: Place?
  /// Where the delta begins; nil if no run was published.
  public var bookmark: Place?
  /// The most requests that will ever be granted at one time, at least 1.
  public var maxInFlight: Int
  /// Records a page that the district wishes for; nil leaves it to the provider.
  public var pageSize: Int?
  /// Milliseconds since 1970 UTC: the only clock there is.
  public var now: Int64
  public var seed: UInt64

  init(_ args: UnsafePointer<sis_open>) {
    let open = args.pointee
    mode = open.mode == SIS_MODE_DELTA ? .delta : .full
    config = copy(open.config)
    cursor = open.cursor.len > 0 ? Place(version: open.cursor_version, bytes: copy(open.cursor)) : nil
    bookmark = open.bookmark.len > 0 ? Place(version: open.bookmark_version, bytes: copy(open.bookmark)) : nil
    maxInFlight = max(Int(open.max_in_flight), 1)
    pageSize = open.page_size > 0 ? Int(open.page_size) : nil
    now = open.now_ms
    seed = open.seed
  }
}

/// The bytes of a view that lives only for the call.
func copy(_ bytes: sis_bytes) -> [UInt8] {
  Array(UnsafeRawBufferPointer(start: bytes.ptr, count: bytes.ptr == nil ? 0 : bytes.len))
}
