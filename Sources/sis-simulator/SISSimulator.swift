@main enum SISSimulator {
  static func main() {}
}
