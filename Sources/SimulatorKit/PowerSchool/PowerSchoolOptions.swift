/// How the PowerSchool server behaves.
package struct PowerSchoolOptions: Sendable {
  package var clientID = "5d2c1a1e-7f57-4bd8-9b0f-3d5f0e6a1c01"
  package var clientSecret = "b7a4c5a0-2a70-4f56-8e7d-c2b1f4d90e02"
  package var quirks = QuirkSet.standard
  /// The plugin's maximum page size a resource; 100 is the vendor's default.
  package var pageSizes: [Resource: Int] = [:]
  /// Seconds; the vendor's example of a fresh token.
  package var tokenLife = 2_504_956
  /// Requests in a window; 0: any number.
  package var requestLimit = 0
  /// Seconds of a window.
  package var requestWindow = 60

  package init() {}

  package func maximum(_ resource: Resource) -> Int { pageSizes[resource] ?? 100 }
}
