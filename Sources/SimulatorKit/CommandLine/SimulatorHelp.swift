/// The text of `--help`.
package enum SimulatorHelp {
  package static var text: String {
    let defaults = PowerSchoolOptions()
    let quirks = Quirk.allCases.map { quirk in
      let mode =
        switch quirk.mode {
        case .always: "always"
        case .on: "on    "
        case .off: "off   "
        }
      return "  \(quirk.rawValue)  \(mode)  \(quirk.summary)"
    }
    return """
      A simulated student information system: one seeded district, served as a vendor serves it.

      sis-simulator powerschool [OPTIONS]        serve it as PowerSchool does
      sis-simulator csv [OPTIONS]                serve it as six CSV files
      sis-simulator small-api [OPTIONS]          serve it as the small JSON API of the SDK's examples
      sis-simulator truth powerschool|csv|small-api [OPTIONS]
                                                 print what a host must export after a sync
      sis-simulator files FOLDER [OPTIONS]       serve files instead, to try a provider on answers of your own

      The first line on stdout is "listening on http://HOST:PORT". SIGTERM and SIGINT stop it, SIGUSR1 or
      POST /_simulator/day goes on to the next day (POST /_simulator/day?to=N to a certain one).

      The district (the same options for serving and for the truth)
        --students N                   students that a full sync reads (1000)
        --seed N                       another number, another district (1)
        --schools N                    0: one for each 600 students, at least 3 (0)
        --enrollments-per-student N    (7)
        --start-year N                 the school year begins in August of it (2025)
        --day N                        days of change since the district was made (0)
        --change PERCENT               students that change each day (2)

      The server
        --port N                       0: any free one (0)
        --host ADDRESS                 IPv4 (127.0.0.1)
        --gzip, --no-gzip              compress where the client asks for it (--gzip)
        --latency MS                   before each answer (0)
        --log FILE                     append one JSON line a request
        --exit-with-parent             stop when the process that started it has ended
        --fault WHAT@N[xCOUNT][:PATH]  spoil the N-th (and following) request whose target holds PATH; repeatable
        --retry-after SECONDS          in injected 429 and 503 (1)
        --slow-ms MS                   how long a `slow` answer takes (2000)

      PowerSchool
        --client-id ID                 (\(defaults.clientID))
        --client-secret SECRET         (\(defaults.clientSecret))
        --token-life SECONDS           (\(defaults.tokenLife))
        --rate-limit N                 requests a window; more are answered with 429 (0: no limit)
        --rate-window SECONDS          (60)
        --page-size RESOURCE=N,..      the plugin's maximum page size (100 each)
        --quirk ID,..                  also no-ID, and the sets nice, nasty, default; repeatable

      CSV, small API, files
        --token TOKEN                  what Authorization: Bearer must say (none: nobody is asked)

      Faults: a status from 400 to 599, \(Fault.names.map(\.0).joined(separator: ", "))

      Quirks
      \(quirks.joined(separator: "\n"))

      """
  }
}
