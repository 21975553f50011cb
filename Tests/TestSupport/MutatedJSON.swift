/// Small JSON documents with a few bytes spoilt: about half of them are sound still.
package enum MutatedJSON {
  private static let seeds = [
    #"{"students":{"@extensions":"a,b","student":[{"id":1,"local_id":100,"name":{"last_name":"Ångström","x":"\u00e9"}},{"id":2}]}}"#,
    #"[0,-1,1.5,1e5,-0.0,12345678901234567890,true,false,null,"",[],{}]"#,
    #"{"a":"\"\\\/\b\f\n\r\t\uD83D\uDE00","b":"0123456789abcdef","c":{"d":{"e":[[[]]]}}}"#,
    "\u{FEFF}{\"a\" : [ 1 , 2 ] }\r\n",
  ]

  private static let splices: [[UInt8]] =
    [
      "\"", "\\", "\\u", "\\uD800", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "1e9", "null", "tru",
      " ", "\n", "\0", "é",
    ].map { Array($0.utf8) } + [[0x80], [0xC0], [0xED, 0xA0, 0x80], [0xFF], [0xF0, 0x9F]]

  package static func document(_ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(seeds[Int.random(in: 0..<seeds.count, using: &random)].utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.insert(contentsOf: splices[Int.random(in: 0..<splices.count, using: &random)], at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0...3, using: &random)))
      }
    }
    return bytes
  }
}
