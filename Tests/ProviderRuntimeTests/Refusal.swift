import HostModel

/// What a call refuses; nil if it does not.
func refusal<Value>(_ body: () throws(HostError) -> Value) -> HostError? {
  do throws(HostError) {
    _ = try body()
    return nil
  } catch { return error }
}
