/// One line at the bottom of a terminal that is written over again and again.
package struct LiveLine: Sendable {
  private let terminal: Terminal
  private var isShown = false

  package init(_ terminal: Terminal) { self.terminal = terminal }

  /// Shows this text instead of the last one, cut to the terminal's width. Errors are of no interest: what is
  /// shown here is shown again.
  package mutating func show(_ text: String) {
    let room = max(terminal.width - 1, 1)
    try? terminal.write("\r\u{1B}[K" + text.prefix(room))
    isShown = true
  }

  /// Takes the line away, so that ordinary lines can follow.
  package mutating func clear() {
    guard isShown else { return }
    try? terminal.write("\r\u{1B}[K")
    isShown = false
  }
}
