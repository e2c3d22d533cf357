internal import Diagnostics

extension Rule {
    static let agents = [unknownParameter, missingParameter, unknownAction, shortTimeout, missingAgent, unknownAgent]

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

    public static let missingAgent = Rule(
        "CXS144", .warning, "an agent that is not installed",
        because: "Without its agent nothing starts: \"not installed\". The agents are those of the machine on which this was checked.",
        look: "\"crm ra list ocf\"; \"crm_resource --list-agents ocf:heartbeat\"",
        remedy: "correct the name, or install the agent on every node")

    public static let unknownAgent = Rule(
        "CXS145", .notice, "an agent that Debian 12 does not have",
        because:
            "It may be one of your own. Without it nothing starts: \"not installed\". No agents are installed on the machine on which this was checked.",
        look: "\"crm ra list ocf\" on a node",
        remedy: "correct the name, or install the agent on every node")
}
