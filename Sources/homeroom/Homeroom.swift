@main enum Homeroom {
  static func main() {}
}
