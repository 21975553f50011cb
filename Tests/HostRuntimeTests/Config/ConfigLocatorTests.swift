import Foundation
import HostModel
import HostRuntime
import TestSupport
import Testing

struct ConfigLocatorTests {
  @Test func `the option wins over the environment, and both over the folder`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.json5", "b.json5", "homeroom.json5"] { try folder.write(name, "{}") }
    let here = folder.url.path
    let environment = ["HOMEROOM_CONFIG": "b.json5"]
    #expect(
      try ConfigLocator.find(option: "a.json5", environment: environment, currentFolder: here) == here
        + "/a.json5")
    #expect(
      try ConfigLocator.find(option: nil, environment: environment, currentFolder: here) == here + "/b.json5")
    #expect(
      try ConfigLocator.find(option: nil, environment: [:], currentFolder: here) == here + "/homeroom.json5")
  }

  @Test func `a file that was named and is not there is an error, not a reason to take another`() throws {
    let folder = try TemporaryFolder()
    try folder.write("homeroom.json5", "{}")
    #expect {
      try ConfigLocator.find(option: "no.json5", environment: [:], currentFolder: folder.url.path)
    } throws: { "\($0)".contains("/no.json5, which --config names") }
    #expect {
      try ConfigLocator.find(
        option: nil, environment: ["HOMEROOM_CONFIG": "/no.json5"], currentFolder: folder.url.path)
    } throws: { "\($0)".contains("/no.json5, which HOMEROOM_CONFIG names") }
  }

  @Test func `a config that is binary, huge or a folder is refused in a sentence`() throws {
    let folder = try TemporaryFolder()
    let binary = try folder.write("binary", Data([0x7B, 0xFF, 0xFE]))
    #expect { try ConfigLocator.load(binary.path) } throws: { "\($0)".contains("is not UTF-8 text") }
    let huge = try folder.write("huge", Data(count: (4 << 20) + 1))
    #expect { try ConfigLocator.load(huge.path) } throws: { "\($0)".contains("a config has at most 4194304") }
    #expect { try ConfigLocator.load(folder.url.path) } throws: { "\($0)".contains("is a folder") }
  }

  @Test func `paths are relative to the file, not to where the command runs`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "conf/homeroom.json5", "{ database: 'r.db', providers: ['p'], integrations: [] }")
    let config = try ConfigLocator.load(file.path)
    #expect(config.database == folder.url.path + "/conf/r.db")
    #expect(config.providers == [folder.url.path + "/conf/p"])
  }
}
