/// What keeps many nodes, started together, from asking one server at the same moment for ever.
///
/// It is drawn here: the machine draws no number.
enum Jitter {
    static var spread: Double { .random(in: 0.9...1.1) }

    static func around(_ pause: Duration) -> Duration { pause * spread }
}
