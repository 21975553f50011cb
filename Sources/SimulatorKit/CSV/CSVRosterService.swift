import Glibc

/// The same district as the six CSV files of docs/canonical-model.md, each whole in one answer.
package final class CSVRosterService: HTTPService, @unchecked Sendable {  // the district is behind the lock
  private let lock = Lock()
  private var districtNow: District
  private let bearer: BearerCheck

  /// `token`: what `Authorization: Bearer` must say; nil: nobody is asked.
  package init(district: District, token: String?) {
    districtNow = district
    bearer = BearerCheck(token: token, realm: "roster")
  }

  package var district: District {
    get { lock.withLock { districtNow } }
    set { lock.withLock { districtNow = newValue } }
  }

  package func revoke(_ request: HTTPRequestHead) {}

  package func answer(_ request: HTTPRequestHead, into answer: HTTPAnswer) {
    guard bearer.admits(request, answer) else { return }
    guard request.method == "GET" else {
      answer.status = 405
      return
    }
    answer.contentType = "text/csv;charset=UTF-8"
    let files = CSVFiles(district: district, writer: CSVWriter(out: answer.body))
    switch request.segments.last {
    case "orgs.csv": files.orgs()
    case "academicSessions.csv": files.sessions()
    case "courses.csv": files.courses()
    case "classes.csv": files.classes()
    case "users.csv": files.users()
    case "enrollments.csv": files.enrollments()
    default:
      answer.status = 404
      answer.contentType = "text/plain;charset=UTF-8"
      answer.body.append("No such file.")
    }
  }
}
