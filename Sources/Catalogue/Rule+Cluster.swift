internal import Diagnostics

extension Rule {
    static let cluster = [
        repeatedObject, repeatedOption, danglingReference, sharedMember, badNesting, unknownConstruct,
        formerConstruct, foreignConstruct, repeatedOperation, retiredOption, ownedOption,
        unknownOption, unreadableValue, unknownMeta, formerClone, formerRole, reservedName, leasedName,
        quorumIgnored, unfenced, dualPrimaryUnfenced, twoNodes,
    ]

    public static let repeatedObject = Rule(
        "CXS101", .error, "an object that is declared twice",
        because: "An id names one object of the CIB. Which of the two counts would depend on the order of files.",
        look: "both places; \"git grep ID\"",
        remedy: "rename or remove one of the two")

    public static let repeatedOption = Rule(
        "CXS102", .error, "an option that is set twice",
        because: "Several statements may fill one set of options, but an option has one value.",
        look: "all statements of the set, in all .crm files",
        remedy: "keep one of the two")

    public static let danglingReference = Rule(
        "CXS103", .error, "a resource that is referred to and declared nowhere",
        because: "Pacemaker refuses a CIB in which a constraint, group or clone names what does not exist.",
        look: "the spelling of the name; \"crm_resource --list\" for what the live cluster has",
        remedy: "declare the resource, or remove the reference")

    public static let sharedMember = Rule(
        "CXS104", .error, "a resource that is a member of two others",
        because: "A resource is in one group or clone at most: it is part of it in the CIB.",
        look: "the group, clone and ms statements that name it",
        remedy: "take it out of one of them; constraints tie resources together that are in different groups")

    public static let badNesting = Rule(
        "CXS105", .error, "a group or clone in a place where none may be",
        because: "A clone holds a primitive or a group, a group holds primitives, and nothing holds itself.",
        look: "Pacemaker Explained, \"Advanced Resource Types\"",
        remedy: "tie the two together with constraints instead")

    public static let unknownConstruct = Rule(
        "CXS106", .error, "something that no schema of Pacemaker allows",
        because: "Pacemaker checks every configuration against a schema, and refuses it whole for one word that the schema does not allow.",
        look: "/usr/share/pacemaker/*.rng; Pacemaker Explained",
        remedy: "write it as the schema has it")

    public static let formerConstruct = Rule(
        "CXS107", .notice, "something that newer schemas of Pacemaker do not allow",
        because: "It works while the cluster validates with an older schema. Later the same configuration is refused.",
        look: "\"cibadmin --query | head -1\", validate-with; \"cibadmin --upgrade --force\"",
        remedy: "do without")

    public static let foreignConstruct = Rule(
        "CXS108", .error, "something that the live cluster's schema does not know",
        because: "A cluster keeps the schema of its first day until somebody moves it on. Coxswain never does: a schema can't be taken back.",
        look: "\"cibadmin --query | head -1\", validate-with; /usr/share/pacemaker/*.rng",
        remedy: "do without; or move the cluster on by hand, with \"cibadmin --upgrade --force\"")

    public static let repeatedOperation = Rule(
        "CXS109", .warning, "two operations of one name and interval",
        because: "Pacemaker can't tell their results apart: crm_verify calls it an error, and a commit that brings them is refused.",
        look: "the op words of the resource; 10s and 10000ms are the same",
        remedy: "remove one; a second monitor, for another role or depth, needs an interval of its own")

    public static let retiredOption = Rule(
        "CXS110", .error, "a cluster option that no longer exists",
        because:
            "default-resource-stickiness and its like were options until Pacemaker 1.0. The 3.x schemas reject them; a cluster that keeps a schema of that time has them still.",
        look: "Pacemaker Explained, \"Resource Defaults\"",
        remedy: "write it as rsc_defaults or op_defaults")

    public static let ownedOption = Rule(
        "CXS111", .notice, "a cluster option that the cluster itself writes",
        because: "dc-version, cluster-infrastructure and their like say what the cluster found. What a file says has no effect.",
        look: "Pacemaker Explained, \"Cluster Options\"",
        remedy: "remove it")

    public static let unknownOption = Rule(
        "CXS112", .warning, "a cluster option that Pacemaker does not know",
        because: "Pacemaker keeps it and does nothing with it; it is most often misspelt.",
        look: "pacemaker-controld(7), pacemaker-schedulerd(7), pacemaker-based(7)",
        remedy: "correct the name, or remove it")

    public static let unreadableValue = Rule(
        "CXS113", .warning, "an option with a value of the wrong kind",
        because:
            "Pacemaker falls back to the default. Of cluster options, target-role and requires crm_verify says so, and a commit that brings such a value is refused; of others there is a line in a log at most.",
        look: "Pacemaker Explained, at the option's name",
        remedy: "give a value of the kind that is expected")

    public static let unknownMeta = Rule(
        "CXS114", .warning, "a resource option that Pacemaker does not know",
        because: "It has no effect. resource-stickines=100 was in a much-copied tutorial of 2010, and never did anything.",
        look: "Pacemaker Explained, \"Resource Options\", \"Clone Options\"",
        remedy: "correct the name, or remove it")

    public static let formerClone = Rule(
        "CXS115", .notice, "a promotable clone in its former spelling",
        because: "ms and master have been another way to write \"clone … meta promotable=true\" since Pacemaker 2.0, and will go.",
        look: "Pacemaker Explained, \"Promotable Clones\"",
        remedy: "write \"clone NAME RESOURCE meta promotable=true …\"; \"coxswain validate --fix\" does it")

    public static let formerRole = Rule(
        "CXS116", .notice, "a role by its former name",
        because: "Pacemaker 2.1 calls Master Promoted, and Slave Unpromoted. The older names will go.",
        look: "Pacemaker Explained, \"Promotable Clones\"",
        remedy: "write Promoted or Unpromoted; \"coxswain validate --fix\" does it")

    public static let reservedName = Rule(
        "CXS117", .error, "a name that Coxswain keeps for itself",
        because: "The set \"coxswain\" records the commit last applied, and \"coxswain-retire-…\" stops what is about to be deleted.",
        look: "\"crm configure show coxswain\"",
        remedy: "remove it")

    public static let leasedName = Rule(
        "CXS118", .warning, "a constraint that is made for a time",
        because:
            "DRBD's fence-peer handler and crm resource move or ban make such constraints, and take them away: a plan neither creates nor changes them. DRBD's is known by its form too: the handler takes any --id-prefix.",
        look: "\"crm configure show\"; Pacemaker Explained, \"Moving Resources\"",
        remedy: "remove it, or give it a name of its own")

    public static let quorumIgnored = Rule(
        "CXS120", .warning, "a cluster that goes on without quorum",
        because: "After a partition both sides would start what the other one runs: two owners of one disk.",
        look: "corosync.conf(5) and votequorum(5), two_node; crm/*.crm, property",
        remedy: "drop no-quorum-policy=ignore; two nodes keep quorum through \"two_node: 1\" in corosync.conf")

    public static let unfenced = Rule(
        "CXS121", .warning, "a cluster without fencing",
        because: "A node that does not answer may be dead, or cut off and still writing. Only fencing makes sure before another node takes over.",
        look: "\"stonith_admin --list-registered\"; Pacemaker Explained, \"Fencing\"",
        remedy: "set up a fence device, test it, and set stonith-enabled=true")

    public static let dualPrimaryUnfenced = Rule(
        "CXS122", .warning, "two primaries in a cluster without fencing",
        because:
            "LINBIT's documentation makes working fencing a condition of two primaries: a split brain corrupts what both write, with no way back.",
        look: "the DRBD User's Guide, \"Enabling dual-primary mode\"; property stonith-enabled; fencing in the .res",
        remedy: "set up a fence device, test it, and set stonith-enabled=true; or have one primary")

    public static let twoNodes = Rule(
        "CXS123", .warning, "a cluster of two nodes without two_node: 1",
        because: "When one of two nodes is lost, the other one has half the votes: no quorum, and everything stops.",
        look: "votequorum(5), two_node, which brings wait_for_all with it",
        remedy: "write \"two_node: 1\" in the quorum section of corosync.conf")
}
