import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

@Suite struct SealedFileTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func refusal(_ path: String) -> HostError? {
    ProviderRuntimeTests.refusal { () throws(HostError) in try SealedFile(path) }
  }

  @Test func `a copy holds the bytes of its file`() throws {
    let file = try SealedFile(try folder.write("a.so", "abc").path)
    #expect(Array(file.bytes) == Array("abc".utf8))
    #expect(file.count == 3)
  }

  @Test func `a copy of several megabytes is whole`() throws {
    var random = SeededRandom(seed: 1)
    let data = Data((0..<700_000).flatMap { _ in withUnsafeBytes(of: random.next(), Array.init) })
    let file = try SealedFile(try folder.write("large.so", data).path)
    #expect(file.bytes.elementsEqual(data))
  }

  @Test func `what happens to the file afterwards does not matter to its copy`() throws {
    let url = try folder.write("a.so", "the first text")
    let file = try SealedFile(url.path)
    let handle = try FileHandle(forWritingTo: url)
    try handle.write(contentsOf: Data("OVERWRITTEN".utf8))
    #expect(file.bytes.elementsEqual("the first text".utf8), "overwritten in place")
    try handle.truncate(atOffset: 0)
    #expect(file.bytes.elementsEqual("the first text".utf8), "truncated")
    try handle.close()
    try FileManager.default.removeItem(at: url)
    #expect(file.bytes.elementsEqual("the first text".utf8), "removed")
  }

  @Test func `nobody can change a copy, not even through its descriptor`() throws {
    let file = try SealedFile(try folder.write("a.so", "abc").path)
    #expect(pwrite(file.descriptor, "x", 1, 0) == -1 && errno == EPERM)
    #expect(ftruncate(file.descriptor, 0) == -1 && errno == EPERM)
    #expect(mmap(nil, 3, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor, 0) == MAP_FAILED)
    #expect(file.bytes.elementsEqual("abc".utf8))
  }

  @Test func `a copy's descriptor is not inherited by child processes`() throws {
    let file = try SealedFile(try folder.write("a.so", "abc").path)
    #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func `a symbolic link is followed, and the path stays as it was given`() throws {
    let target = try folder.write("real.so", "abc")
    let link = folder.file("link.so")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    let file = try SealedFile(link.path)
    #expect(file.path == link.path)
    #expect(file.bytes.elementsEqual("abc".utf8))
  }

  @Test func `a symbolic link is refused where it is not to be followed, and a folder may be one`() throws {
    let target = try folder.write("real/a.so", "abc")
    let link = folder.file("link.so")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    let error = ProviderRuntimeTests.refusal { () throws(HostError) in
      try SealedFile(link.path, followsLinks: false)
    }
    #expect(error?.code == "provider-link")
    try FileManager.default.createSymbolicLink(
      at: folder.file("linked"), withDestinationURL: folder.file("real"))
    #expect(try SealedFile(folder.file("linked/a.so").path, followsLinks: false).count == 3)
  }

  @Test func `a missing file and a dangling link are refused with their path and the system's reason`() throws
  {
    let link = folder.file("link.so")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.file("gone.so"))
    for path in [link.path, folder.file("gone.so").path, ""] {
      let error = try #require(refusal(path))
      #expect(error.code == "provider-unreadable")
      #expect(error.message == "\(path): cannot be opened: No such file or directory")
      #expect(error.advice == "Give the path of a provider's .so file that this user may read")
    }
    let loop = folder.file("loop.so")
    try FileManager.default.createSymbolicLink(at: loop, withDestinationURL: loop)
    #expect(refusal(loop.path)?.message.contains("symbolic links") == true)
  }

  @Test func `what is no regular file is refused, and a pipe keeps nobody waiting`() throws {
    let pipe = folder.file("pipe.so")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    for path in [folder.url.path, pipe.path, "/dev/zero", "/dev/null"] {
      #expect(refusal(path)?.message == "\(path): is not a regular file")
    }
  }

  @Test func `an empty file and one that is far too large are refused`() throws {
    let empty = try folder.write("empty.so", "")
    #expect(refusal(empty.path)?.message == "\(empty.path): is empty")
    let large = try folder.write("large.so", "x")
    try FileHandle(forWritingTo: large).truncate(atOffset: UInt64(SealedFile.maximumBytes) + 1)
    #expect(refusal(large.path)?.message == "\(large.path): has 268435457 bytes; 268435456 are the most")
  }
}
