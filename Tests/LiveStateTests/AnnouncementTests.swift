import ClusterModel
import LiveState
import TestKit
import Testing

struct AnnouncementTests {
    private static let commit = CommitID.made(of: "a")

    @Test(
        "what a node announces is read as it was written",
        arguments: [
            Announcement(), Announcement(.able(commit)), Announcement(.ready(commit), intent: commit),
            Announcement(.prepared(commit, .init(isComplete: false, replaces: true))),
            Announcement(.prepared(commit, .init())), Announcement(.ready(commit, isComplete: false)),
            Announcement.unhealthy(commit), Announcement(refusal: .init(commit, "drbdadm: \"x y\":1:2 -> 100% ü\n:")),
        ])
    func roundTrip(_ announcement: Announcement) { #expect(Announcement(text: announcement.text) == announcement) }

    @Test("words of another version are passed over; a long reason is cut")
    func strange() {
        #expect(Announcement(text: "able:xyz future:\(Self.commit) ready") == Announcement())
        let refusal = Announcement.Refusal(Self.commit, String(repeating: "ü", count: 1000))
        #expect(refusal.reason.utf8.count == 400)
        #expect(Announcement(text: Announcement(refusal: refusal).text).refusal == refusal)
    }
}

extension Announcement {
    fileprivate static func unhealthy(_ commit: CommitID) -> Announcement {
        var announcement = Announcement()
        announcement.unhealthy = Refusal(commit, "web does not run\nthere is no way back: rollback is off")
        return announcement
    }
}
