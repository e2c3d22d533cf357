internal import Diagnostics

extension Rule {
    /// What crm_verify has to say of a configuration that the schema allows, and what it does not even notice.
    static let verification = [
        recurringAction, selfReference, repeatedPair, misplacedRole, clonedReference, misplacedFailure, crowdedClone,
        unreachableBundle, misplacedPair, danglingList,
    ]

    public static let recurringAction = Rule(
        "CXS124", .error, "a start or stop that is to be repeated",
        because: "Only monitors, and operations of the agent's own, can be repeated. Pacemaker ignores the operation and its timeout, and crm_verify calls it an error.",
        look: "the op words of the resource",
        remedy: "write interval=0")

    public static let selfReference = Rule(
        "CXS125", .error, "a constraint between a resource and itself",
        because: "It says nothing, or can't be kept; one of the names is most often misspelt.",
        look: "the constraint",
        remedy: "name another resource, or remove the constraint")

    public static let repeatedPair = Rule(
        "CXS126", .warning, "a name that is set twice in one list",
        because: "Pacemaker takes the first value and says nothing of the second.",
        look: "the list of params, meta or utilization",
        remedy: "keep one of the two")

    public static let misplacedRole = Rule(
        "CXS127", .error, "a target-role that the resource can't have",
        because: "Only instances of a promotable clone are promoted or unpromoted. Pacemaker ignores the option, and crm_verify calls it an error.",
        look: "the meta attributes of the resource, and of the clone around it",
        remedy: "write Started, or make the clone promotable")

    public static let clonedReference = Rule(
        "CXS128", .error, "a constraint on something inside a clone",
        because: "The instances of a clone, and what runs in a bundle, have no names that a constraint could use. Pacemaker ignores the constraint, and crm_verify calls it an error.",
        look: "the clone, ms or bundle statement around the resource",
        remedy: "name the clone or bundle itself")

    public static let misplacedFailure = Rule(
        "CXS129", .error, "an on-fail that the operation can't have",
        because: "Only a promotion, and a recurring monitor of the promoted role, can be answered by a demotion, and a failed stop by no other stop. Pacemaker takes the default instead.",
        look: "Pacemaker Explained, \"Resource Operations\", on-fail",
        remedy: "choose another on-fail")

    public static let crowdedClone = Rule(
        "CXS130", .error, "several instances of an anonymous clone on a node",
        because: "Instances that are not globally unique can't be told apart. Pacemaker ignores clone-node-max, and crm_verify calls it an error.",
        look: "the meta attributes of the clone",
        remedy: "add globally-unique=true, or write clone-node-max=1")

    public static let unreachableBundle = Rule(
        "CXS131", .error, "a bundle whose resource Pacemaker can't reach",
        because: "Inside a container Pacemaker is spoken to over the network. Without an address or a port it ignores the whole bundle.",
        look: "Pacemaker Explained, \"Bundle Network Properties\"",
        remedy: "add ip-range-start or control-port to the network")

    public static let misplacedPair = Rule(
        "CXS132", .error, "a pair that is taken over from something that is no pair",
        because: "@ID stands for the pair with that id in another list. Pacemaker finds no name and no value there.",
        look: "\"crm configure show xml\"",
        remedy: "name a pair, or write it again")

    public static let danglingList = Rule(
        "CXS133", .warning, "a list that is taken over and declared nowhere",
        because: "$id-ref names the id of a list of options, or the resource that has it. Where the cluster does not have it either, Pacemaker refuses the commit.",
        look: "$id= in all .crm files; \"crm configure show xml\" for what the live cluster has",
        remedy: "correct the id, or give the list that is meant this id")
}
