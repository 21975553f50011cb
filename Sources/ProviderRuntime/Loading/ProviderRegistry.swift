import Foundation
import HostModel

/// The providers at hand, by id and version. A file that fails does not hide the others; it is listed with its reason.
///
/// A snapshot of the folders: the bytes of each file were copied when it was made, and are what is loaded.
package struct ProviderRegistry: Sendable {
  /// One file of a provider folder.
  package struct Entry: Sendable {
    package enum State: Sendable {
      /// Checked without running it; it is loaded when it is first needed.
      case verified(ProviderLibrary.Inspection)
      case failed(HostError)
    }
    package var path: String
    package var state: State

    package var inspection: ProviderLibrary.Inspection? {
      if case .verified(let inspection) = state { inspection } else { nil }
    }
  }

  package let entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  /// Looks at every `.so` of the folders, in order.
  package init(folders: [String]) {
    var entries: [Entry] = []
    var seen: [String: String] = [:]
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names.sorted() where name.hasSuffix(".so") {
        let path = folder + "/" + name
        do throws(HostError) {
          let inspection = try ProviderLibrary.inspect(path)
          try ProviderLibrary.checkABI(inspection.manifest, path)
          let key = inspection.manifest.id + " " + inspection.manifest.version
          if let other = seen[key] {
            throw ProviderRefusal.error(
              "provider-twice", path, "is provider \(key), which \(other) already is",
              advice: "Remove one of the two files, or give them different versions")
          }
          seen[key] = path
          entries.append(Entry(path: path, state: .verified(inspection)))
        } catch { entries.append(Entry(path: path, state: .failed(error))) }
      }
    }
    self.entries = entries
  }

  /// Why files were refused.
  package var refusals: [HostError] {
    entries.compactMap { if case .failed(let error) = $0.state { error } else { nil } }
  }

  /// Ids of all providers that could be used.
  package var ids: [String] {
    Set(inspections.map(\.manifest.id)).sorted()
  }

  private var inspections: [ProviderLibrary.Inspection] {
    entries.compactMap(\.inspection)
  }

  /// What is known of a provider's file, the newest version unless one is named; nil if there is none.
  package func inspection(_ id: String, version: String? = nil) -> ProviderLibrary.Inspection? { find(id, version) }

  /// The versions at hand of a provider.
  package func versions(of id: String) -> [String] {
    inspections.filter { $0.manifest.id == id }.map(\.manifest.version).sorted()
  }

  private func find(_ id: String, _ version: String?) -> ProviderLibrary.Inspection? {
    inspections.filter { $0.manifest.id == id && (version == nil || $0.manifest.version == version) }
      .max { $0.manifest.version.compare($1.manifest.version, options: .numeric) == .orderedAscending }
  }

  /// What is known of a provider's file, the newest version unless one is named.
  ///
  /// - Throws: `provider-unknown` with those that are at hand.
  package func found(_ id: String, version: String?) throws(HostError) -> ProviderLibrary.Inspection {
    guard let found = find(id, version) else {
      let wanted = version.map { "\(id) \($0)" } ?? id
      let known = inspections.map { "\($0.manifest.id) \($0.manifest.version)" }.sorted().joined(separator: ", ")
      throw HostError(
        .configuration, "provider-unknown", "There is no provider \(wanted); at hand: \(known.isEmpty ? "none" : known)",
        advice: "Check the provider folders: homeroom providers list")
    }
    return found
  }
}
