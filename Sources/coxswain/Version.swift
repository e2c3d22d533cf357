internal import ArgumentParser

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the version.")

    func run() { Terminal.print("coxswain \(Release.version)") }
}
