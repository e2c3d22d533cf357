import Presenting
import Testing

struct DiagnosisTests {
    private let document = DiagnosisDocument([
        Diagnosis("git", .good, "2.39.5"), Diagnosis("clock", .remark, "it is not synchronized", remedy: "apt-get install chrony"),
        Diagnosis("repository", .bad, "no\u{1B}[2J answer\n", remedy: "ssh"),
    ])

    @Test("a line each, aligned, with what to do below it; nothing drives the terminal")
    func text() {
        #expect(
            document.lines(.plain).joined(separator: "\n") == """
                ok    git         2.39.5
                note  clock       it is not synchronized
                                  apt-get install chrony
                BAD   repository  no\\u{1b}[2J answer\\n
                                  ssh
                """)
        let coloured = document.lines(Style(isColoured: true)).joined(separator: "\n")
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == document.lines(.plain).joined(separator: "\n"))
    }
}
