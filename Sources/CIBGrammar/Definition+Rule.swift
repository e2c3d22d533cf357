/// Where a rule stands: the schemas let the rules of different places learn new words at different times.
enum RuleContext: String, Hashable, Sendable {
    case set, options, alert, location
}

// rule.rng, rule-3.9.rng
extension Definition {
    static func rule(_ context: RuleContext) -> Definition {
        Definition(
            "rule: \(context.rawValue)",
            .choice(
                .reference("id-ref"),
                .group(
                    .id, .choice(score.until(3, 9), .optional(score).since(3, 9)), .optional(.word("boolean-op", "or", "and")),
                    .optional(.text("role")), .oneOrMore(part(context)))))
    }

    private static let score = Pattern.choice(.attribute("score", .score), .text("score-attribute"))

    private static func part(_ context: RuleContext) -> Pattern {
        let aboutAgents = Pattern.choice(resourceExpression.element, operationExpression.element)
        return .choice(
            .child("expression", expression(context)), dateExpression.element, .child("rule", rule(context)),
            context == .location || context == .alert ? aboutAgents.since(3, 5) : aboutAgents.since(3, 4))
    }

    private static func expression(_ context: RuleContext) -> Definition {
        let source = Pattern.optional(.word("value-source", "literal", "param", "meta"))
        return Definition(
            "expression: \(context.rawValue)",
            .group(
                .id, .text("attribute"),
                .word("operation", "lt", "gt", "lte", "gte", "eq", "ne", "defined", "not_defined"), .optional(.text("value")),
                .optional(.choice(.word("type", "string", "number", "version"), .word("type", "integer").since(3, 5))),
                .optional(context == .options ? source.since(3, 0) : source.since(2, 9))))
    }

    private static let resourceExpression = Definition("rsc_expression", .group(.id, .texts("class", "provider", "type")))
    private static let operationExpression = Definition("op_expression", .group(.id, .text("name"), .texts("interval")))

    private static let dateExpression = Definition(
        "date_expression",
        .group(
            .id,
            .choice(
                .group(.word("operation", "in_range"), .choice(formerRange.until(3, 9), range.since(3, 9))),
                .group(.word("operation", "gt"), .text("start")), .group(.word("operation", "lt"), .text("end")),
                .group(.word("operation", "date_spec"), dateSpecification.element))))

    private static let formerRange = Pattern.choice(.group(.texts("start"), .text("end")), .group(.text("start"), duration.element))

    private static let range = Pattern.group(
        .choice(.text("start"), .text("end"), .group(.text("start"), .text("end"))), .optional(duration.element))

    private static let units = Pattern.texts(
        "hours", "monthdays", "weekdays", "yearsdays", "months", "weeks", "years", "weekyears", "moon")

    private static let duration = Definition(
        "duration", .group(.id, units, .optional(.texts("days", "minutes", "seconds").since(3, 9))))

    private static let dateSpecification = Definition(
        "date_spec", .group(.id, units, .optional(.texts("yeardays", "minutes", "seconds").since(3, 9))))
}
