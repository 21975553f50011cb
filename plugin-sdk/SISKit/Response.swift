import CSISPlugin

/// An answer to one request. Its body is complete and inflated; it lives for the call and cannot be kept.
public struct Response: ~Copyable, ~Escapable {
  let raw: UnsafePointer<sis_response>

  @_lifetime(borrow raw)
  init(_ raw: UnsafePointer<sis_response>) { self.raw = raw }

  /// The number under which it was asked for.
  public var id: UInt64 { raw.pointee.id }
  public var status: Int { Int(raw.pointee.http_status) }
  /// When it arrived, in milliseconds since 1970 UTC.
  public var now: Int64 { raw.pointee.now_ms }
  /// How many requests may be asked for in this call.
  public var grant: Int { Int(raw.pointee.grant) }

  public var body: RawSpan {
    @_lifetime(borrow self)
    get {
      let bytes = raw.pointee.body
      let buffer = UnsafeRawBufferPointer(start: bytes.ptr, count: bytes.ptr == nil ? 0 : bytes.len)
      return _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
    }
  }

  /// The first header of this name, which is given in lower case.
  public func header(_ name: String) -> String? {
    guard let headers = raw.pointee.headers else { return nil }
    for index in 0..<raw.pointee.header_count {
      let header = headers[index]
      if copy(header.name).elementsEqual(name.utf8) { return String(decoding: copy(header.value), as: UTF8.self) }
    }
    return nil
  }
}
