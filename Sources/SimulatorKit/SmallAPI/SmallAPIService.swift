/// The same district behind the small API that the SDK's examples read (docs/simulator.md): four lists with pages, and
/// what changed since a time.
package final class SmallAPIService: HTTPService, @unchecked Sendable {  // mutable state is behind the lock
  private let lock = Lock()
  private var districtNow: District
  private let bearer: BearerCheck
  private var lists: [String: [Int]] = [:]
  private var pastDistrict: District?

  /// `token`: what `Authorization: Bearer` must say; nil: nobody is asked.
  package init(district: District, token: String?) {
    districtNow = district
    bearer = BearerCheck(token: token, realm: "small-api")
  }

  package var district: District {
    get { lock.withLock { districtNow } }
    set {
      lock.withLock {
        districtNow = newValue
        lists = [:]
        pastDistrict = nil
      }
    }
  }

  package func revoke(_ request: HTTPRequestHead) {}

  package func answer(_ request: HTTPRequestHead, into answer: HTTPAnswer) {
    guard bearer.admits(request, answer) else { return }
    SmallAPICall(service: self, request: request, answer: answer, district: district).run()
  }

  /// This district on an earlier day. The last one is kept, as the pages of a delta all ask for the same.
  func district(onDay day: Int) -> District {
    var plan = district.plan
    plan.day = day
    if let kept = lock.withLock({ pastDistrict }), kept.plan == plan { return kept }
    let past = District(plan)
    lock.withLock { pastDistrict = past }
    return past
  }

  /// The elements of a list, kept for its following pages.
  func list(_ name: String, in district: District, _ find: () -> [Int]) -> [Int] {
    let key = "\(name) \(district.plan.day)"
    if let known = lock.withLock({ lists[key] }) { return known }
    let found = find()
    lock.withLock {
      if lists.count >= 16 { lists = [:] }
      lists[key] = found
    }
    return found
  }
}
