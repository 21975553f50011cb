/// Why the database did not do what it was asked.
package struct StoreError: Error, Sendable, Equatable {
  package enum Code: String, Sendable, CaseIterable {
    /// The file cannot be opened, or is not a Homeroom database.
    case open
    /// Another process holds the write lock for longer than the busy time.
    case busy
    /// Full, I/O error: the disk failed.
    case disk
    case corrupt
    /// A newer Homeroom wrote this file.
    case tooNew = "too-new"
    /// Another host took over this integration.
    case fenced
    case notFound = "not-found"
    /// A bug: the statement and SQLite's words are in the context.
    case `internal`
  }

  package var code: Code
  package var context: String

  package init(_ code: Code, _ context: String) {
    self.code = code
    self.context = context
  }
}
