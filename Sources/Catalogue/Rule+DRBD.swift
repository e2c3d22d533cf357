internal import Diagnostics

extension Rule {
    static let drbd = [
        repeatedResource, repeatedMinor, repeatedAddress, managedByLINSTOR, becomesPrimary, formerSection, formerPlace,
        formerWord,
    ]

    public static let repeatedResource = Rule(
        "CXS301", .error, "a DRBD resource that two files define",
        because: "drbdadm reads all files of a host at once, and refuses all of them.",
        look: "drbd/*.res",
        remedy: "remove or rename one")

    public static let repeatedMinor = Rule(
        "CXS302", .error, "two volumes with one minor number",
        because: "A minor is one device node of a host. drbdadm refuses the files; if they came up one after the other, one disk would stand for the other.",
        look: "device in all .res files; \"drbdadm sh-minors\"",
        remedy: "give each volume a minor of its own")

    public static let repeatedAddress = Rule(
        "CXS303", .error, "two resources with one address and port",
        because: "Each resource needs a TCP port of its own on a host. drbdadm refuses the files.",
        look: "address in all .res files",
        remedy: "give each resource a port of its own")

    public static let managedByLINSTOR = Rule(
        "CXS304", .warning, "a file that LINSTOR writes",
        because: "LINSTOR writes its .res files again from its own database; what git says here would be overwritten, or overwrite it.",
        look: "the comment at the head of the file; \"linstor resource list\"",
        remedy: "remove the file from the repository, and leave the resource to LINSTOR")

    public static let becomesPrimary = Rule(
        "CXS305", .warning, "a resource that becomes Primary without Pacemaker",
        because: "become-primary-on makes DRBD's start script promote a resource that Pacemaker promotes too. Only one may decide.",
        look: "the startup section",
        remedy: "remove become-primary-on")

    public static let formerSection = Rule(
        "CXS310", .warning, "a section that DRBD 9 refuses",
        because: "The syncer section of 8.3 is translated by 8.4, and a parse error in 9.",
        look: "drbd.conf(5) of the DRBD that the hosts run",
        remedy: "rate is resync-rate in disk, verify-alg and csums-alg stand in net, cpu-mask in options")

    public static let formerPlace = Rule(
        "CXS311", .notice, "a parameter in the section in which DRBD 8 had it",
        because: "DRBD 9 refuses it there; 8.4 knows it nowhere else. It has to move on the day that the hosts change.",
        look: "drbd.conf(5) of the DRBD that the hosts run",
        remedy: "move it")

    public static let formerWord = Rule(
        "CXS312", .notice, "a parameter in a former spelling",
        because: "DRBD still reads it, and newer manuals do not mention it.",
        look: "drbd.conf(5) of the DRBD that the hosts run",
        remedy: "write it as the manual does; \"coxswain validate --fix\" does it")
}
