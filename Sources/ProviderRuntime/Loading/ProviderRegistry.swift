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
      /// A provider that must not be loaded.
      case refused(ProviderLibrary.Inspection, HostError)
      /// No provider at all.
      case failed(HostError)
    }
    package var path: String
    package var state: State

    package var inspection: ProviderLibrary.Inspection? {
      if case .verified(let inspection) = state { inspection } else { nil }
    }

    /// What is known of a provider that must not be loaded.
    package var refused: ProviderLibrary.Inspection? {
      if case .refused(let inspection, _) = state { inspection } else { nil }
    }

    /// Why it is not used; nil where it may be.
    package var refusal: HostError? {
      switch state {
      case .verified: nil
      case .refused(_, let error), .failed(let error): error
      }
    }
  }

  package let entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  /// Looks at every `.so` of the folders, in order.
  package init(folders: [String], trust: TrustContext) {
    var entries: [Entry] = []
    var seen: [String: String] = [:]
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names.sorted() where name.hasSuffix(".so") {
        let path = folder + "/" + name
        entries.append(Entry(path: path, state: Self.state(path, trust, &seen)))
      }
    }
    self.entries = entries
  }

  private static func state(
    _ path: String, _ trust: TrustContext, _ seen: inout [String: String]
  ) -> Entry.State {
    let inspection: ProviderLibrary.Inspection
    do throws(HostError) { inspection = try ProviderLibrary.inspect(path, trust: trust) } catch {
      return .failed(error)
    }
    // In a process of its own it may do more than in the host's: what else is refused there, loading says.
    do throws(HostError) { try inspection.demand(.process) } catch { return .refused(inspection, error) }
    let key = inspection.manifest.id + " " + inspection.manifest.version
    if let other = seen[key] {
      return .refused(
        inspection,
        ProviderRefusal.error(
          "provider-twice", path, "is provider \(key), which \(other) already is",
          advice: "Remove one of the two files, or give them different versions"))
    }
    seen[key] = path
    return .verified(inspection)
  }

  /// Why files were refused.
  package var refusals: [HostError] { entries.compactMap(\.refusal) }

  /// Ids of all providers that could be used.
  package var ids: [String] {
    Set(inspections.map(\.manifest.id)).sorted()
  }

  private var inspections: [ProviderLibrary.Inspection] {
    entries.compactMap(\.inspection)
  }

  /// What is known of a provider's file, the newest version unless one is named; nil if there is none.
  package func inspection(_ id: String, version: String? = nil) -> ProviderLibrary.Inspection? {
    find(id, version)
  }

  /// The versions at hand of a provider.
  package func versions(of id: String) -> [String] {
    inspections.filter { $0.manifest.id == id }.map(\.manifest.version).sorted()
  }

  private func find(_ id: String, _ version: String?) -> ProviderLibrary.Inspection? {
    inspections.filter { $0.manifest.id == id && (version == nil || $0.manifest.version == version) }
      .max { ProviderVersion($0.manifest.version) < ProviderVersion($1.manifest.version) }
  }

  /// What is known of a provider's file, the newest version unless one is named.
  ///
  /// - Throws: `provider-unknown` with those that are at hand.
  package func found(_ id: String, version: String?) throws(HostError) -> ProviderLibrary.Inspection {
    guard let found = find(id, version) else {
      let wanted = version.map { "\(id) \($0)" } ?? id
      let known = inspections.map { "\($0.manifest.id) \($0.manifest.version)" }.sorted()
        .joined(separator: ", ")
      throw HostError(
        .configuration, "provider-unknown",
        "There is no provider \(wanted); at hand: \(known.isEmpty ? "none" : known)",
        advice: "Check the provider folders: homeroom providers list")
    }
    return found
  }
}
