internal import Diagnostics

extension Rule {
    /// What crm_verify has to say of a configuration that the schema allows, and what it does not even notice.
    ///
    /// Pacemaker runs it all the same, and so these are warnings: a cluster that has lived with them for years must be able to go
    /// into a repository. What a commit brings anew is refused by crm_verify itself before anything happens.
    static let verification = [
        recurringAction, selfReference, repeatedPair, misplacedRole, clonedReference, misplacedFailure, crowdedClone,
        unreachableBundle, misplacedPair, danglingList, unmonitored, noFenceDevice, strayAttribute, lockedOut, futileLevel, unreadableDate,
    ]

    public static let recurringAction = Rule(
        "CXS124", .warning, "a start or stop that is to be repeated",
        because:
            "Only monitors, and operations of the agent's own, can be repeated. Pacemaker ignores the operation and its timeout, and crm_verify calls it an error.",
        look: "the op words of the resource",
        remedy: "write interval=0")

    public static let selfReference = Rule(
        "CXS125", .warning, "a constraint between a resource and itself",
        because: "It says nothing, or can't be kept; one of the names is most often misspelt.",
        look: "the constraint",
        remedy: "name another resource, or remove the constraint")

    public static let repeatedPair = Rule(
        "CXS126", .warning, "a name that is set twice",
        because: "In one list Pacemaker takes the first value, of two lists without a rule that of the last; it says nothing of the other.",
        look: "the lists of params, meta or utilization",
        remedy: "keep one of the two")

    public static let misplacedRole = Rule(
        "CXS127", .warning, "a target-role that the resource can't have",
        because: "Only instances of a promotable clone are promoted or unpromoted. Pacemaker ignores the option, and crm_verify calls it an error.",
        look: "the meta attributes of the resource, and of the clone around it",
        remedy: "write Started, or make the clone promotable")

    public static let clonedReference = Rule(
        "CXS128", .warning, "a constraint on something inside a clone, or on a template of nothing",
        because:
            "The instances of a clone, and what runs in a bundle, have no names that a constraint could use. Pacemaker ignores the constraint, and crm_verify calls it an error.",
        look: "the clone, ms or bundle statement around the resource",
        remedy: "name the clone or bundle itself")

    public static let misplacedFailure = Rule(
        "CXS129", .warning, "an on-fail that the operation can't have",
        because:
            "Only a promotion, and a recurring monitor of the promoted role, can be answered by a demotion, and a failed stop by no other stop. Pacemaker takes the default instead.",
        look: "Pacemaker Explained, \"Resource Operations\", on-fail",
        remedy: "choose another on-fail")

    public static let crowdedClone = Rule(
        "CXS130", .warning, "several instances of an anonymous clone on a node",
        because: "Instances that are not globally unique can't be told apart. Pacemaker ignores clone-node-max, and crm_verify calls it an error.",
        look: "the meta attributes of the clone",
        remedy: "add globally-unique=true, or write clone-node-max=1")

    public static let unreachableBundle = Rule(
        "CXS131", .warning, "a bundle whose resource Pacemaker can't reach",
        because: "Inside a container Pacemaker is spoken to over the network. Without an address or a port it ignores the whole bundle.",
        look: "Pacemaker Explained, \"Bundle Network Properties\"",
        remedy: "add ip-range-start or control-port to the network")

    public static let misplacedPair = Rule(
        "CXS132", .warning, "a pair that is taken over from something that is no pair",
        because: "@ID stands for the pair with that id in another list. Pacemaker finds no name and no value there.",
        look: "\"crm configure show xml\"",
        remedy: "name a pair, or write it again")

    public static let danglingList = Rule(
        "CXS133", .warning, "a list or pair that is taken over and declared nowhere",
        because:
            "$id-ref names the id of a list of options, or the resource that has it, and @ the id of a pair. Where the cluster does not have it either, Pacemaker refuses the commit.",
        look: "$id= in all .crm files; \"crm configure show xml\" for what the live cluster has",
        remedy: "correct the id, or give what is meant this id")

    public static let unmonitored = Rule(
        "CXS134", .notice, "a resource that nothing monitors",
        because:
            "Pacemaker looks at a resource after its start only if it is told how often. A monitor without a role does not look at promoted instances.",
        look: "the op words of the resource and its template; Pacemaker Explained, \"Monitoring Resources for Failure\"",
        remedy: "add \"op monitor interval=…\"; for a promotable clone one for each role, with different intervals")

    public static let noFenceDevice = Rule(
        "CXS135", .notice, "fencing without a fence device",
        because:
            "With stonith-enabled=true and nothing to fence with Pacemaker starts no resource at all. That the device is not in git may be meant, as may SBD with a watchdog alone.",
        look: "\"stonith_admin --list-registered\"; crm/*.crm, primitives of the class stonith",
        remedy: "declare a fence device, and test it")

    public static let strayAttribute = Rule(
        "CXS136", .warning, "an attribute of an operation that goes to the agent",
        because:
            "What crmsh does not know as an attribute of an operation it makes a parameter of: on_fail=restart changes nothing but the agent's environment.",
        look: "the op words of the resource; Pacemaker Explained, \"Operation Properties\"",
        remedy: "correct the spelling")

    public static let lockedOut = Rule(
        "CXS137", .warning, "something that crmsh 4.4 can't show",
        because:
            "Pacemaker takes it. crmsh reads the whole configuration before it does anything, and fails at this: \"crm configure\" is of no use until it is gone.",
        look: "\"crm configure show\"; \"cibadmin --query\" shows it all the same",
        remedy: "write it in another way")

    public static let futileLevel = Rule(
        "CXS138", .warning, "a level of fencing that can't help",
        because:
            "Nothing checks the names in a fencing topology. A level with a device that does not exist, or is none, fails when a node is to be fenced.",
        look: "\"stonith_admin --list-registered\"; crm/*.crm, primitives of the class stonith",
        remedy: "name a fence device that exists")

    public static let unreadableDate = Rule(
        "CXS139", .warning, "a date or time that there is not",
        because:
            "A rule with a date that Pacemaker can't read never holds; crm_verify calls it an error, and a commit that brings one is refused. Hours, days and months out of range never come.",
        look: "Pacemaker Explained, \"Rules\"; \"iso8601 --date DATE\"",
        remedy: "write a date of the calendar")
}
