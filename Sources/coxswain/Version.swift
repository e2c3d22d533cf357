internal import ArgumentParser

enum Release {
    /// The one place of it. The package is named after what the program says; its changelog has to say the same.
    static let version = "0.1.0"
}

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version.")

    func run() { Terminal.print("coxswain \(Release.version)") }
}
