import Host
import Testing

@testable import GitStore

/// A password is for the server alone.
@Suite struct RemoteTests {
    @Test(
        "what stands before the @ is neither shown nor an argument",
        arguments: [
            ("https://ada:s3cret@example.org/x.git", "https://***@example.org/x.git", "https://example.org/x.git"),
            ("https://t0ken@example.org/x.git", "https://***@example.org/x.git", "https://example.org/x.git"),
            ("https://t0ken:x-oauth-basic@example.org/x", "https://***@example.org/x", "https://example.org/x"),
            ("HTTP://ada:p%40ss@example.org:8080/x", "HTTP://***@example.org:8080/x", "HTTP://example.org:8080/x"),
            ("https://ada:p/a?s#s@example.org/x", "https://***@example.org/x", "https://example.org/x"),
            ("https://ada:p@ss@example.org/x", "https://***@example.org/x", "https://example.org/x"),
            ("ssh://git:s3cret@example.org/x", "ssh://***@example.org/x", "ssh://git@example.org/x"),
            ("ssh://git@example.org/x", "ssh://git@example.org/x", "ssh://git@example.org/x"),
            ("https://example.org/~ada@home/x", "https://example.org/~ada@home/x", "https://example.org/~ada@home/x"),
            ("https://example.org:8443/a@b", "https://example.org:8443/a@b", "https://example.org:8443/a@b"),
            ("https://example.org/x.git;token=s3cret", "https://example.org/x.git;***", "https://example.org/x.git;token=s3cret"),
            ("git@example.org:x.git", "git@example.org:x.git", "git@example.org:x.git"),
        ])
    func masked(given: String, shown: String, address: String) throws {
        let remote = try Remote(given)
        #expect(remote.shown == shown)
        #expect(remote.address == address)
    }

    @Test(
        "an address that can't be one is refused, and its password not shown",
        arguments: [
            "https://ada:s3cret@example.org/x\ny", "https://example.org/x.git?private_token=s3cret", "https://ada:x@example.org/x?token=s3cret",
            "https//ada:s3cret@example.org/x.git", "ada/x:y//u:s3cret@example.org/x.git", "https://example.org/x.git;a=s3?b=cret",
            "https://example.org/x.git#access_token=s3cret", "-u:s3cret@example.org", "https://ada:s3\u{7}cret@example.org/x",
        ])
    func refused(given: String) {
        let failure = #expect(throws: GitFailure.self) { try Remote(given) }
        #expect(failure?.description.contains("s3") == false, "\(String(describing: failure))")
        #expect(failure?.description.contains("cret") == false)
    }

    @Test("git gets user and password through its environment, whatever letters are in them")
    func credentials() async throws {
        let remote = try Remote("https://ada:p%2F%27%22%24x%20y@example.org/x.git")
        var command = Command(
            "git", ["credential", "fill"], environment: remote.credentials, input: Array("protocol=https\nhost=example.org\n\n".utf8))
        command.environment["GIT_TERMINAL_PROMPT"] = "0"
        let lines = try await command.run().orThrow().text.split(separator: "\n")
        #expect(lines.contains("username=ada"))
        #expect(lines.contains("password=p/'\"$x y"))
        #expect(try Remote("https://example.org/x.git").credentials.isEmpty)
    }

    @Test("in git's words it is left out where it stands, and nothing else is")
    func redacted() throws {
        let remote = try Remote("https://t:h@example.org/x.git")
        #expect(
            remote.redacting("fatal: unable to access 'https://t:h@example.org/x.git/': the host")
                == "fatal: unable to access 'https://***@example.org/x.git/': the host")
        let other = try Remote("https://example.org/x.git;token=h")
        #expect(other.redacting("unable to access 'https://example.org/x.git;token=h/'") == "unable to access 'https://example.org/x.git;***/'")
    }

    @Test("a directory is shown as what it is, whatever it was called")
    func directory() throws {
        #expect(try Remote("/usr/../usr").shown == "/usr")
        #expect(try Remote("/usr").localPath == "/usr")
    }

    @Test("another password is not another repository")
    func mirrorName() throws {
        let names = try ["https://a:1@example.org/x", "https://b:2@example.org/x", "https://example.org/x"].map { try Remote($0).mirrorName }
        #expect(Set(names).count == 1)
    }
}
