import Foundation
import HostPlatform
import Testing

struct ChildProcessTests {
  @Test func `lines of a child are read one by one and its exit status kept`() throws {
    let child = try ChildProcess("/bin/sh", ["-c", "printf 'one\\ntwo\\nthree'; exit 7"])
    #expect(child.readLine(timeoutMilliseconds: 10_000) == "one")
    #expect(child.readLine(timeoutMilliseconds: 10_000) == "two")
    #expect(child.readLine(timeoutMilliseconds: 10_000) == nil)
    #expect(child.wait() == .exited(7))
  }

  @Test func `a child that says nothing costs no more than the time-out`() throws {
    let silent = try ChildProcess("/bin/sh", ["-c", "exec sleep 600"])
    #expect(silent.readLine(timeoutMilliseconds: 50) == nil)
    #expect(silent.stop() == .signalled(SIGTERM))
  }

  @Test func `a child inherits no descriptor, no ignored signal and no environment change`() throws {
    let secret = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/etc/passwd"))
    let open = dup(secret.fileDescriptor)  // without close-on-exec
    defer { close(open) }
    SignalWatcher.ignoreBrokenPipes()
    // No pipe and no command in between, which would have descriptors of their own; the folder that the pattern was
    // read from is closed again when it is tested.
    let child = try ChildProcess(
      "/bin/sh",
      [
        "-c",
        "for f in /proc/$$/fd/*; do [ -e $f ] && printf '%s ' ${f##*/}; done; echo; grep SigIgn /proc/$$/status",
      ])
    let descriptors = child.readLine(timeoutMilliseconds: 10_000)?.split(separator: " ").compactMap {
      Int($0)
    }
    #expect(descriptors?.filter { $0 < 10 } == [0, 1, 2])
    #expect(descriptors?.contains(Int(open)) == (open < 3))
    let ignored = child.readLine(timeoutMilliseconds: 10_000)?.split(separator: "\t").last
    #expect(ignored.flatMap { UInt64($0, radix: 16) }.map { $0 & (1 << 12) } == 0)
  }

  @Test func `a child that ignores SIGTERM and lives on is killed`() throws {
    let child = try ChildProcess("/bin/sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"])
    #expect(child.readLine(timeoutMilliseconds: 10_000) == "ready")
    #expect(child.stop() == .signalled(SIGKILL))
  }

  @Test func `an executable that is not there is an error with its name`() {
    #expect {
      _ = try ChildProcess("/nowhere/tool", [])
    } throws: { "\($0)" == "cannot start /nowhere/tool: No such file or directory" }
  }
}
