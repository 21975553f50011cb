import Foundation
import TestSupport
import Testing

/// A host in plain C, which knows nothing but the header, drives a provider of this package.
@Suite struct CHostTests {
  @Test func `a host in C gets from the CSV provider what the files hold`() throws {
    let folder = try TemporaryFolder()
    try folder.write("orgs.csv", "sourcedId,name,orgType\n1,\"Elm, \"\"North\"\"\",school\n2,Oak\n")
    try folder.write("academicSessions.csv", "sourcedId,title\n")
    try folder.write("courses.csv", "sourcedId,title,subjects\nc1,Algebra,math;algebra\n")
    try folder.write("classes.csv", "sourcedId,hall\n")
    try folder.write("users.csv", "sourcedId,familyName,role,primaryOrg\nu1,Ash,teacher,1\n")
    try folder.write("enrollments.csv", "sourcedId\n")
    for compiler in try CCompiler.all(.c) {
      let run = try run(compiler, folder)
      #expect(run.status == 0)
      #expect(run.text == Self.whole, "\(compiler): \(run.errors)")
    }
  }

  @Test func `a host in C is told why the provider fails, and can close its session`() throws {
    let run = try run(try CCompiler.all(.c)[0], TemporaryFolder())
    #expect(run.status == 1 && run.signal == nil)
    #expect(
      run.text == """
        provider csv-roster 1.0.0, abi 1.0
        request 1 "GET" "/orgs.csv" expect 3
        error -5 "/orgs.csv: the server answered with status 404"
        status -5
        closed

        """)
  }

  private func run(_ compiler: CCompiler, _ folder: TemporaryFolder) throws -> ToolRun {
    let libraries = try #require(SwiftRuntime.libraries)
    return try ToolProcess.run(
      try Fixture.program("c_host.c", compiler: compiler),
      [BuiltTool.provider("csv_roster").path, folder.url.path],
      environment: ["LD_LIBRARY_PATH": libraries.path])
  }

  private static let whole = """
    provider csv-roster 1.0.0, abi 1.0
    request 1 "GET" "/orgs.csv" expect 3
    record 1 1="1" 20="Elm, "North"" 21="school"
    reject 1 "2" "line 3: the row has another number of cells than the first line"
    end 1 completeness 1 expected 2
    cursor 0 version 1: 01
    request 2 "GET" "/academicSessions.csv" expect 3
    end 2 completeness 1 expected 0
    cursor 0 version 1: 02
    request 3 "GET" "/courses.csv" expect 3
    record 3 1="c1" 40="Algebra" 48="math" 48="algebra"
    end 3 completeness 1 expected 1
    cursor 0 version 1: 03
    request 4 "GET" "/classes.csv" expect 3
    note 2 "/classes.csv: the column hall is not known and was ignored"
    end 4 completeness 1 expected 0
    cursor 0 version 1: 04
    request 5 "GET" "/users.csv" expect 3
    record 5 1="u1" 74="Ash" 82="1" 83/1="teacher" 84/1="1" 85/1="primary"
    end 5 completeness 1 expected 1
    cursor 0 version 1: 05
    request 6 "GET" "/enrollments.csv" expect 3
    end 6 completeness 1 expected 0
    cursor 0 version 1: 06
    status 1
    closed

    """
}
