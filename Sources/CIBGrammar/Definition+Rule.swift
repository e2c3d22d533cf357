/// Where a rule stands: the schemas let the rules of different places learn new words at different times.
enum RuleContext: String, Hashable, Sendable {
    case set, options, alert, location
}

// rule.rng, rule-3.9.rng
extension Definition {
    static func rule(_ context: RuleContext) -> Definition {
        Definition(
            "rule: \(context.rawValue)",
            .any(
                .reference("id-ref"),
                .all(
                    .id, .any(score.until(3, 9), .maybe(score).since(3, 9)), .maybe(.word("boolean-op", "or", "and")),
                    .maybe(.text("role")), .some(part(context)))))
    }

    private static let score = Pattern.any(.attribute("score", .score), .text("score-attribute"))

    private static func part(_ context: RuleContext) -> Pattern {
        let aboutAgents = Pattern.any(resourceExpression.element, operationExpression.element)
        return .any(
            .child("expression", expression(context)), dateExpression.element, .child("rule", rule(context)),
            context == .location || context == .alert ? aboutAgents.since(3, 5) : aboutAgents.since(3, 4))
    }

    private static func expression(_ context: RuleContext) -> Definition {
        let source = Pattern.maybe(.word("value-source", "literal", "param", "meta"))
        return Definition(
            "expression: \(context.rawValue)",
            .all(
                .id, .text("attribute"),
                .word("operation", "lt", "gt", "lte", "gte", "eq", "ne", "defined", "not_defined"), .maybe(.text("value")),
                .maybe(.any(.word("type", "string", "number", "version"), .word("type", "integer").since(3, 5))),
                .maybe(context == .options ? source.since(3, 0) : source.since(2, 9))))
    }

    private static let resourceExpression = Definition("rsc_expression", .all(.id, .texts("class", "provider", "type")))
    private static let operationExpression = Definition("op_expression", .all(.id, .text("name"), .texts("interval")))

    private static let dateExpression = Definition(
        "date_expression",
        .all(
            .id,
            .any(
                .all(.word("operation", "in_range"), .any(formerRange.until(3, 9), range.since(3, 9))),
                .all(.word("operation", "gt"), .text("start")), .all(.word("operation", "lt"), .text("end")),
                .all(.word("operation", "date_spec"), dateSpecification.element))))

    private static let formerRange = Pattern.any(.all(.texts("start"), .text("end")), .all(.text("start"), duration.element))

    private static let range = Pattern.all(
        .any(.text("start"), .text("end"), .all(.text("start"), .text("end"))), .maybe(duration.element))

    private static let units = Pattern.texts(
        "hours", "monthdays", "weekdays", "yearsdays", "months", "weeks", "years", "weekyears", "moon")

    private static let duration = Definition(
        "duration", .all(.id, units, .maybe(.texts("days", "minutes", "seconds").since(3, 9))))

    private static let dateSpecification = Definition(
        "date_spec", .all(.id, units, .maybe(.texts("yeardays", "minutes", "seconds").since(3, 9))))
}
