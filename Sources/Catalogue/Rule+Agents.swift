internal import Diagnostics

extension Rule {
    static let agents = [
        unknownParameter, missingParameter, unknownAction, shortTimeout, missingAgent, unknownAgent, absentFencing, deafAgent,
        retiredClass, unfitClone, openClass,
    ]

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

    public static let absentFencing = Rule(
        "CXS146", .warning, "something that asks for fencing, which is off",
        because:
            "With stonith-enabled=false Pacemaker fences nobody: it stops what a ticket or an operation wants fenced, and starts what requires fencing. crm_verify complains of it, and a commit that brings it is refused.",
        look: "property stonith-enabled; Pacemaker Explained, on-fail, requires, loss-policy",
        remedy: "set up a fence device, test it, and set stonith-enabled=true; or ask for what can be done")

    public static let deafAgent = Rule(
        "CXS147", .warning, "a parameter for an agent that takes none",
        because: "Init scripts and units are started and stopped, and told nothing: what is set here has no effect but a restart when it changes.",
        look: "Pacemaker Explained, \"Resource Classes\"; \"systemctl cat NAME\"",
        remedy: "set it in the unit, or in the file of /etc/default that the script reads; or use an ocf agent")

    public static let retiredClass = Rule(
        "CXS148", .warning, "a class of agents that is no more",
        because: "The schema still allows it, and crm_verify says nothing. No node has such an agent: nothing starts, \"not installed\".",
        look: "\"crm_resource --list-standards\" on a node",
        remedy: "use an agent of ocf, systemd or lsb")

    public static let unfitClone = Rule(
        "CXS149", .warning, "a clone that its agent does not allow",
        because:
            "Only agents of the class ocf can be promoted, or tell their instances apart. Pacemaker ignores a promotable clone of any other as a whole, and globally-unique of one; crm_verify says so, and a commit that brings it is refused.",
        look: "the meta attributes of the clone; Pacemaker Explained, \"Clones\"",
        remedy: "drop promotable or globally-unique, or use an ocf agent")

    public static let openClass = Rule(
        "CXS150", .notice, "an agent whose class each node decides for itself",
        because: "service: stands for an init script where a node has one of that name, and else for a unit: two nodes may run different things.",
        look: "\"ls /etc/init.d\"; \"systemctl list-unit-files\"",
        remedy: "write systemd: or lsb:")
}
