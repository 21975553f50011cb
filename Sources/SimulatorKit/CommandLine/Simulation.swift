/// A served district and the day it stands at.
package final class Simulation: @unchecked Sendable {  // the plan is behind the lock
  package let service: any HTTPService
  private let replace: @Sendable (District) -> Void
  private let lock = Lock()
  private var plan: DistrictPlan

  package init(_ sis: SimulatorCommand.SIS, _ options: SimulatorOptions) {
    let district = District(options.plan)
    plan = options.plan
    switch sis {
    case .powerschool:
      let service = PowerSchoolService(district: district, options: options.powerSchool)
      self.service = service
      replace = { service.district = $0 }
    case .csv:
      let service = CSVRosterService(district: district, token: options.token)
      self.service = service
      replace = { service.district = $0 }
    case .smallAPI:
      let service = SmallAPIService(district: district, token: options.token)
      self.service = service
      replace = { service.district = $0 }
    case .files:
      service = FileService(folder: options.folder, token: options.token)
      replace = { _ in }
    }
  }

  package func nextDay() { move { $0 + 1 } }

  /// Goes to a day; nil and no change where it is out of range. Answers the day.
  @discardableResult
  private func move(_ day: (Int) -> Int) -> Int? {
    lock.withLock {
      let wanted = day(plan.day)
      guard DistrictPlan.dayRange.contains(wanted) else { return nil }
      plan.day = wanted
      replace(District(plan))
      return wanted
    }
  }

  /// `GET /_simulator` tells the state, `POST /_simulator/day[?to=N]` changes it.
  package func control(_ request: HTTPRequestHead, _ answer: HTTPAnswer) {
    if request.method == "POST", request.segments == ["_simulator", "day"] {
      let to = request.parameter("to")
      guard to == nil || to.flatMap({ Int($0) }) != nil, move({ to.flatMap { Int($0) } ?? $0 + 1 }) != nil else {
        answer.status = 400
        answer.body.append("{\"message\":\"The day must be a number from 0 to 1000.\"}")
        return
      }
    } else if request.segments != ["_simulator"] || request.method != "GET" {
      answer.status = 404
      answer.body.append("{\"message\":\"GET /_simulator, or POST /_simulator/day[?to=N]\"}")
      return
    }
    let now = lock.withLock { plan }
    answer.body.append(
      text: "{\"day\":\(now.day),\"change\":\(now.change),\"seed\":\(now.seed),\"students\":\(now.students)}")
  }
}
