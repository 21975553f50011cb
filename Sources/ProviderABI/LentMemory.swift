import CSISPlugin

extension UnsafePointer {
  /// A pointer from a provider, which may be NULL whatever the header says. Comparing it with nil would not
  /// do: an imported nonnull pointer is never nil to the optimizer, which takes such a comparison away.
  package init?(given pointer: UnsafePointer) { self.init(bitPattern: UInt(bitPattern: pointer)) }

  /// NULL where the header promises an address: what a careless provider gives is handed on.
  static var null: UnsafePointer { unsafeBitCast(nil as UnsafePointer?, to: UnsafePointer.self) }
}

extension UnsafeRawBufferPointer {
  /// The bytes that a provider lends; none where there is no address or the length is no length.
  package init(_ bytes: sis_bytes) {
    let isSound = bytes.ptr != nil && bytes.len >= 0
    self.init(start: isSound ? bytes.ptr : nil, count: isSound ? bytes.len : 0)
  }
}

extension sis_bytes {
  package init(_ bytes: UnsafeRawBufferPointer) { self.init(ptr: bytes.baseAddress, len: bytes.count) }
}
