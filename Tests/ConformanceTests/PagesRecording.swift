import Foundation
import TestSupport

/// The recording that the fixtures under `Tests/Fixtures/Conformance` are checked with, written by hand.
struct PagesRecording {
  let folder: TemporaryFolder
  var path: String { folder.file("pages-run").path }

  /// - Parameter file: a provider's file, beside whose copy `recordings/` lies; nil: the recording lies alone.
  init(beside file: String? = nil) throws {
    folder = try TemporaryFolder()
    let place = file == nil ? "pages-run" : "recordings/pages-run"
    if let file {
      try FileManager.default.copyItem(at: URL(fileURLWithPath: file), to: folder.file("pages.so"))
    }
    try folder.write(
      "\(place)/recording.json",
      #"{"recording":1,"provider":{"id":"pages"},"maxInFlight":2,"outcome":"published"}"#)
    var lines = ""
    for page in 1...3 {
      try folder.write(
        "\(place)/bodies/\(page).json",
        "[\"page\",\n\"\(page)1 Elm \(page)\",\n\"\(page)2 Oak\",\n\"\(page)3 Ash\",\n\"end\"]")
      lines +=
        #"{"target":"/page/\#(page)","status":200,"expect":"json","resource":"pages","body":"bodies/\#(page).json"}"#
        + "\n"
    }
    try folder.write("\(place)/exchanges.jsonl", lines)
  }
}
