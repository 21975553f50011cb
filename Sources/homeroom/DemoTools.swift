import Glibc
import HostModel
import HostPlatform

/// What the demo needs besides the host itself: both stand beside its own executable.
struct DemoTools {
  let folder: String
  let simulator: String
  let providers: String

  static func find() throws(HostError) -> DemoTools {
    let folder = Environment.executableFolder ?? "."
    let simulator = folder + "/sis-simulator"
    guard access(simulator, X_OK) == 0 else {
      throw HostError(
        .configuration, "demo-simulator", "There is no \(simulator)",
        advice: "Build all of Homeroom (make release), and keep its executables in one folder")
    }
    let providers = folder
    guard access(providers + "/libsis_powerschool.so", R_OK) == 0 else {
      throw HostError(
        .configuration, "demo-provider", "There is no \(providers)/libsis_powerschool.so",
        advice: "Build all of Homeroom (make release), and keep its providers beside its executables")
    }
    return DemoTools(folder: folder, simulator: simulator, providers: providers)
  }
}
