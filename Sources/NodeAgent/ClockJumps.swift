/// Notices that the clock on the wall was put forward or back, by the one that only counts on.
struct ClockJumps: Sendable {
    private var last: (wall: Int64, count: Duration)?
    /// Seconds: what is less is drift, and put right by slewing.
    private static let tolerance: Int64 = 60

    /// - Parameters:
    ///   - wall: seconds since 1970.
    ///   - count: of the clock that is never put.
    /// - Returns: by how many seconds it was put since this was asked last.
    mutating func jump(wall: Int64, count: Duration) -> Int64 {
        defer { last = (wall, count) }
        guard let last else { return 0 }
        let jump = wall - last.wall - (count - last.count).components.seconds
        return abs(jump) > Self.tolerance ? jump : 0
    }
}
