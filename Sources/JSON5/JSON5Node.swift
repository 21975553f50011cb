/// A place in a text, both from 1; a column counts Unicode scalars.
package struct TextPlace: Sendable, Equatable {
  package var line: Int
  package var column: Int
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A value of a JSON5 document, and where it begins.
package struct JSON5Node: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    package var key: String
    /// Where the key stands.
    package var place: TextPlace
    package var node: JSON5Node
  }

  package indirect enum Value: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON5Node])
    /// In the order of the document; keys are unique.
    case object([Member])
  }

  package var value: Value
  package var place: TextPlace
}
