import HostModel

extension Host {
  /// The host on this machine: its database, its providers' folders, libcurl, the real clock.
  package static func open(
    _ config: HostConfig, environment: [String: String]
  ) async throws(HostError) -> Host {
    // The edges' types are not on this branch yet; see HostStore and HostProviders for what they are to offer.
    throw HostError(
      .configuration, "incomplete-build", "This build of Homeroom has no database and no providers yet",
      advice: "Build it from the main branch")
  }
}

extension Host {
  /// What a provider's file says of itself, read without running its code.
  package static func inspect(_ file: String) throws(HostError) -> ProviderDescription {
    throw HostError(
      .configuration, "incomplete-build", "This build of Homeroom cannot read providers yet",
      advice: "Build it from the main branch")
  }

  /// Loads the file as a run would.
  package static func check(_ file: String) throws(HostError) -> ProviderDescription { try inspect(file) }
}
