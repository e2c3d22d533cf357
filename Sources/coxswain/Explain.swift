internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Presenting

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a finding matters, where to look, and what to do.",
        discussion: """
            Examples:
              coxswain explain            every code, a line each
              coxswain explain CXS121     one of them; 121 will do
            """)

    @OptionGroup var colour: ColorOptions

    @Argument(help: "The code that stands behind the severity of a finding.")
    var code: String?

    func run() throws {
        let text = RuleText(style: Terminal.style(colour.color))
        guard let code else { return Terminal.print(text.lines(listing: Rule.all)) }
        guard let rule = Rule(code: code) else {
            throw Finding.error("no rule has the code \"\(code)\"", remedy: didYouMean(code.uppercased(), among: Rule.all.map(\.code)))
        }
        Terminal.print(text.lines(explaining: rule))
    }
}
