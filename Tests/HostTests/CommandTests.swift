import Diagnostics
import Glibc
import Testing

@testable import Host

private func shell(_ script: String, limit: Duration = .seconds(60), outputLimit: Int = 1 << 20) -> Command {
    Command("sh", ["-c", script], limit: limit, grace: .milliseconds(200), outputLimit: outputLimit)
}

@Suite struct CommandTests {
    @Test("gives status, output and errors as they are")
    func outcome() async throws {
        let output = try await shell("printf 'a\\0b'; echo oh >&2; exit 3").run()
        #expect(output.status == .exited(3))
        #expect(output.bytes == [0x61, 0, 0x62])
        #expect(output.error == "oh\n")
        #expect(!output.errorIsTruncated)
        #expect(throws: CommandError.failed(output)) { try output.orThrow() }
    }

    @Test("feeds standard input, more than a pipe holds, while the output is read")
    func input() async throws {
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var command = Command("cat")
        command.input = bytes
        #expect(try await command.run().bytes == bytes)
    }

    @Test("survives a program that does not read its input")
    func unreadInput() async throws {
        var command = Command("true")
        command.input = [UInt8](repeating: 0, count: 1 << 20)
        #expect(try await command.run().succeeded)
        command = shell("exec <&-; sleep 0.2; echo alive")
        command.input = [UInt8](repeating: 0, count: 1 << 20)
        #expect(try await command.run().text == "alive\n")
    }

    @Test("shows the program an allow-list of the environment, and nothing else")
    func environment() async throws {
        let given = try FileTree().read("/proc/self/environ").split(separator: 0).map {
            String(decoding: $0.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        }
        let allowed: Set = ["PATH", "LANG", "HOME", "USER", "LOGNAME", "TMPDIR", "X"]
        let secret = try #require(given.first { !allowed.contains($0) })
        let output = try await Command("env", ["-0"], environment: ["X": "y"]).run()
        let variables = output.text.split(separator: "\0").map(String.init)
        #expect(variables.contains("X=y"))
        #expect(variables.contains("LANG=C.UTF-8"))
        #expect(variables.contains { $0.hasPrefix("PATH=") && $0.hasSuffix(":/usr/sbin:/sbin") })
        #expect(Set(variables.map { String($0.prefix { $0 != "=" }) }).isSubset(of: allowed))
        let told = try await Command("env", ["-0"], inherited: [secret]).run().text.split(separator: "\0")
        #expect(told.contains { $0.hasPrefix(secret + "=") })
    }

    @Test("runs in the directory that is asked for")
    func directory() async throws {
        #expect(try await Command("pwd", directory: "/usr").run().text == "/usr\n")
    }

    @Test("names the package of a program that is missing")
    func missing() async throws {
        let command = Command("crm", environment: ["PATH": "/nonexistent"])
        let error = await #expect(throws: CommandError.self) { try await command.run() }
        #expect(error == .notFound(command))
        #expect(error?.finding.remedy == "apt-get install crmsh")
    }

    @Test("says so when a program can't be started")
    func unstartable() async throws {
        let data = Command("/etc/passwd")
        await #expect(throws: CommandError.notFound(data)) { try await data.run() }
        let error = await #expect(throws: CommandError.self) {
            try await Command("true", directory: "/nonexistent").run()
        }
        #expect(error?.finding.message.contains("/nonexistent") == true)
    }

    @Test("refuses more output than its limit, and keeps only the end of long errors")
    func tooMuch() async throws {
        let command = shell("yes", outputLimit: 100_000)
        await #expect(throws: CommandError.outputTooLarge(command)) { try await command.run() }
        let output = try await shell("yes | head -c 1000000 >&2; echo end >&2").run()
        #expect(output.errorIsTruncated)
        #expect(output.error.utf8.count <= 128 << 10)
        #expect(output.error.hasSuffix("end\n"))
    }

    @Test("kills what takes too long, though it ignores SIGTERM and has closed its output, and all that it started")
    func timeLimit() async throws {
        let sandbox = try Sandbox()
        let command = shell(
            """
            trap '' TERM; exec >&- 2>&-
            sh -c "trap '' TERM; echo \\$\\$ > \(sandbox.path)/pid; while :; do sleep 0.05; done" &
            while :; do sleep 0.05; done
            """, limit: .seconds(1))
        await #expect(throws: CommandError.timedOut(command)) { try await command.run() }
        try await expectGone(processIn: "\(sandbox.path)/pid")
    }

    @Test("a child of the child is killed too when only the child heeds SIGTERM")
    func deafGrandchild() async throws {
        let sandbox = try Sandbox()
        let command = shell(
            """
            sh -c "trap '' TERM; echo \\$\\$ > \(sandbox.path)/pid; while :; do sleep 0.05; done" & wait
            """, limit: .seconds(1))
        await #expect(throws: CommandError.timedOut(command)) { try await command.run() }
        try await expectGone(processIn: "\(sandbox.path)/pid")
    }

    @Test("does not wait for a process that was left behind with the pipes open")
    func orphan() async throws {
        let output = try await shell("echo first; sleep 300 & exit 0", limit: .seconds(200)).run()
        #expect(output.text == "first\n")
    }

    @Test("an orphan that writes without end meets the limits")
    func talkativeOrphan() async throws {
        let sandbox = try Sandbox()
        let command = shell("yes & echo $! > \(sandbox.path)/pid; exit 0", limit: .seconds(20), outputLimit: 1 << 24)
        do {
            _ = try await command.run()
        } catch let error as CommandError {
            #expect(error == .outputTooLarge(command) || error == .timedOut(command))
        }
        try await expectGone(processIn: "\(sandbox.path)/pid")
    }

    @Test("cancellation of the task kills the program")
    func cancellation() async throws {
        let sandbox = try Sandbox()
        let pidFile = "\(sandbox.path)/pid"
        let task = Task { try await shell("echo $$ > \(pidFile); sleep 60").run() }
        while try FileTree().readIfPresent(pidFile)?.last != 0x0A { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await expectGone(processIn: pidFile)
    }

    @Test("what says something now and then has all the time that it needs; what falls silent has not")
    func silence() async throws {
        var command = shell("for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.8; done")
        command.silence = .seconds(5)
        #expect(try await command.run().text.split(separator: "\n").count == 8)
        command = shell("for i in 1 2 3 4; do echo $i >&2; sleep 0.1; done; sleep 300")
        command.silence = .seconds(2)
        let start = ContinuousClock.now
        await #expect(throws: CommandError.timedOut(command)) { try await command.run() }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("the last lines of what a program says are a few, and of a length that can be read")
    func lastLines() async throws {
        let output = try await shell("head -c 100000 /dev/zero | tr '\\0' x >&2; for i in 1 2 3 4 5 6; do echo >&2; echo $i >&2; done").run()
        #expect(output.lastLines() == "2\n3\n4\n5\n6")
        #expect(output.lastLines(7).hasPrefix(String(repeating: "x", count: 500) + " …\n1\n"))
    }

    @Test("a program that ends with us is the same to all others, and one that is missing too")
    func endsWithUs() async throws {
        var command = shell("cat; exit 3")
        (command.endsWithUs, command.input) = (true, Array("x".utf8))
        let output = try await command.run()
        #expect(output.status == .exited(3) && output.text == "x")
        command = Command("no-such-program")
        command.endsWithUs = true
        await #expect(throws: CommandError.notFound(command)) { try await command.run() }
    }

    @Test("shows control characters as escapes, and quotes what a shell would split")
    func terminalSafety() {
        #expect("a\u{1B}[2J\r\nb\t\u{9B}\u{202E}".terminalSafe == "a\\u{1b}[2J\\u{d}\nb\t\\u{9b}\\u{202e}")
        #expect(Command("sh", ["-c", "it's \u{7}", ""]).line == "sh -c 'it'\\''s \\u{7}' ''")
    }

    private func expectGone(processIn file: String) async throws {
        let text = try FileTree().readIfPresent(file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let process = try #require(Int32(text.prefix { $0.isNumber }))
        for _ in 0..<1000 where isRunning(process) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!isRunning(process))
    }

    /// An orphan's zombie waits for init, which a container may not have: dead is dead.
    private func isRunning(_ process: Int32) -> Bool {
        guard let status = try? FileTree().read("/proc/\(process)/stat") else { return false }
        return !String(decoding: status, as: UTF8.self).contains(") Z ")
    }
}
