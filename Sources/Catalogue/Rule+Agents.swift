internal import Diagnostics

extension Rule {
    static let agents = [unknownParameter, missingParameter, unknownAction, shortTimeout]

    public static let unknownParameter = Rule(
        "CXS140", .warning, "a parameter that the agent does not know",
        because: "The agent is given it and looks at others. The agents that were asked are those of the machine on which this was checked.",
        look: "\"crm ra info AGENT\"; \"crm_resource --show-metadata AGENT\"",
        remedy: "correct the name, or remove it")

    public static let missingParameter = Rule(
        "CXS141", .warning, "a resource without a parameter that its agent needs",
        because: "The agent calls it required: the start fails with \"not configured\", and is not tried elsewhere.",
        look: "\"crm ra info AGENT\"; \"crm_resource --show-metadata AGENT\"",
        remedy: "add the parameter")

    public static let unknownAction = Rule(
        "CXS142", .warning, "an operation that the agent does not know",
        because: "The agent fails when it is called with an action that it does not have; a misspelt monitor monitors nothing.",
        look: "\"crm ra info AGENT\"; \"crm_resource --show-metadata AGENT\"",
        remedy: "correct the name, or remove the op")

    public static let shortTimeout = Rule(
        "CXS143", .notice, "a timeout that is shorter than the agent advises",
        because: "An action that takes longer counts as failed; a stop that fails ends in fencing.",
        look: "\"crm ra info AGENT\"; \"crm_resource --show-metadata AGENT\"",
        remedy: "give it the time that the agent advises")
}
