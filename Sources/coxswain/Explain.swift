internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Presenting

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a finding matters, where to look, and what to do.",
        discussion: """
            Examples:
              coxswain explain            every code, a line each
              coxswain explain CXS121     one of them; 121 will do
              coxswain explain --output json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var colour: ColorOptions

    @Argument(
        help: ArgumentHelp("The code that stands behind the severity of a finding.", valueName: "CODE"), completion: .list(Rule.all.map(\.code)))
    var code: String?

    @Option(help: ArgumentHelp("Output: text or json.", valueName: "FORMAT"))
    var output: Format = .text

    func run() throws {
        let rule = try code.map(rule)
        let text = RuleText(style: Terminal.style(colour.color))
        switch output {
        case .json: Terminal.print(RulesDocument(rule.map { [$0] } ?? Rule.all).json)
        case .text: Terminal.print(rule.map(text.lines(explaining:)) ?? text.lines(listing: Rule.all))
        }
    }

    private func rule(_ code: String) throws -> Rule {
        if let rule = Rule(code: code) { return rule }
        throw Finding.error(
            "no rule has the code \"\(code)\"",
            remedy: didYouMean(code.uppercased(), among: Rule.all.map(\.code)) ?? "\"coxswain explain\" lists them")
    }
}
