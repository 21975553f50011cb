import Glibc

/// A struct of the ABI at the very end of a page, behind which nothing may be read: larger than this
/// header's, as a newer host makes it, or smaller, as no host of this major should.
package final class LentStruct<Struct> {
  private let pages: UnsafeMutableRawPointer
  private static var pageSize: Int { 4_096 }
  package let pointer: UnsafeMutablePointer<Struct>

  /// - Parameters:
  ///   - value: its first member is `size`.
  ///   - extra: bytes that it is larger, filled with 0xAA; negative: smaller.
  package init(_ value: Struct, extra: Int) {
    let size = MemoryLayout<Struct>.size
    guard
      let pages = mmap(nil, 2 * Self.pageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      pages != MAP_FAILED, mprotect(pages + Self.pageSize, Self.pageSize, PROT_NONE) == 0
    else { fatalError("no two pages of memory") }
    self.pages = pages
    let start = pages + Self.pageSize - (size + extra)
    memset(pages, 0xAA, Self.pageSize)
    withUnsafeBytes(of: value) { known in
      let room = UnsafeMutableRawBufferPointer(start: start, count: size + extra)
      room.copyBytes(from: known.prefix(room.count))
    }
    start.storeBytes(of: UInt32(size + extra), as: UInt32.self)
    pointer = start.assumingMemoryBound(to: Struct.self)
  }

  deinit { munmap(pages, 2 * Self.pageSize) }
}
