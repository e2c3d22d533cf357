internal import Diagnostics

extension Rule {
    static let hosts = [
        unknownNode, formerPlugin, domainsAutostart, clusterNumbers, repeatedNode, unknownStack, absentNode,
        ignoredCorosync, formerCorosync, futileQuorum, ignoredOCFS2, ignoredVariable, foreignAddress, takenPort, idleStack,
    ]

    public static let unknownNode = Rule(
        "CXS501", .warning, "a node that the cluster does not have",
        because:
            "The nodes of .res files, of OCFS2's cluster.conf, of lvm/ and of the CIB are those of corosync.conf; without one here, those that crm/ declares. A constraint or a fence device for a name that differs does nothing.",
        look: "nodelist in corosync.conf; \"uname -n\" on the host",
        remedy: "correct the name, or add the node to corosync.conf")

    public static let formerPlugin = Rule(
        "CXS502", .warning, "a Pacemaker plugin for corosync",
        because:
            "\"service { name: pacemaker }\" started Pacemaker within corosync 1. Since corosync 2 it is a service of its own, and the section is ignored.",
        look: "corosync.conf(5); \"systemctl status pacemaker\"",
        remedy: "remove the section")

    public static let domainsAutostart = Rule(
        "CXS503", .warning, "domUs that xendomains starts",
        because:
            "A domU that the host starts or restores at boot, or sends away at shutdown, and that Pacemaker starts on another host, runs twice on one disk. The script asks whether a variable is empty: \"false\" is not.",
        look: "/etc/default/xendomains; /etc/init.d/xendomains; /etc/xen/auto",
        remedy: "set XENDOMAINS_AUTO, XENDOMAINS_SAVE, XENDOMAINS_RESTORE and XENDOMAINS_MIGRATE to \"\"")

    public static let clusterNumbers = Rule(
        "CXS504", .error, "an OCFS2 cluster.conf that does not add up",
        because:
            "The number of a node is its slot in the cluster: two nodes with one number, or a wrong node_count, and the file systems do not mount.",
        look: "ocfs2.cluster.conf(5)",
        remedy: "give each node of a cluster a number, a name and an address of its own, and say how many there are")

    public static let repeatedNode = Rule(
        "CXS505", .error, "two nodes of corosync with one id or name",
        because: "corosync and Pacemaker tell nodes apart by nodeid and name.",
        look: "nodelist in corosync.conf",
        remedy: "give each node an id and a name of its own")

    public static let unknownStack = Rule(
        "CXS506", .warning, "an o2cb that boots another cluster than cluster.conf describes",
        because: "O2CB_BOOTCLUSTER names the cluster that is registered at boot. If it is not the one in cluster.conf, none is.",
        look: "/etc/default/o2cb, /etc/ocfs2/cluster.conf",
        remedy: "write the same name in both")

    public static let absentNode = Rule(
        "CXS507", .notice, "a node that OCFS2 does not know",
        because: "A node that cluster.conf does not list mounts no OCFS2 file system. That may be meant, of a node that only votes.",
        look: "/etc/ocfs2/cluster.conf; nodelist in corosync.conf",
        remedy: "add a node with a number that was never used, and raise node_count")

    public static let ignoredCorosync = Rule(
        "CXS508", .warning, "something in corosync.conf that corosync passes over",
        because:
            "corosync starts with any key that it does not know, and never looks at it; of some keys it takes every other word for the default. What the line was meant to set is as if it were not there.",
        look: "corosync.conf(5), votequorum(5); \"corosync-cmapctl\" on a host",
        remedy: "write what the manual names, or remove it")

    public static let formerCorosync = Rule(
        "CXS509", .warning, "something in corosync.conf that corosync no longer reads",
        because:
            "Files of the 2010s are of corosync 1 and 2: redundant rings, plugins and members of an interface went with knet and the nodelist. corosync 3 starts with them, and ignores them.",
        look: "corosync.conf(5); \"corosync -v\" on a host",
        remedy: "write it as the manual of corosync 3 does")

    public static let futileQuorum = Rule(
        "CXS510", .warning, "options of quorum that work against each other",
        because:
            "votequorum turns an option off that does not go with another one, and says so in its log only, when the node has started. The cluster then counts votes in another way than its file says.",
        look: "votequorum(5); \"corosync-quorumtool -s\" on a host",
        remedy: "keep the one that is meant")

    public static let ignoredOCFS2 = Rule(
        "CXS511", .warning, "something in cluster.conf that o2cb passes over",
        because: "o2cb looks for the attributes that it knows and drops all others when it next writes the file.",
        look: "ocfs2.cluster.conf(5); \"o2cb list-cluster NAME\" on a host",
        remedy: "write what the manual names, or remove it")

    public static let ignoredVariable = Rule(
        "CXS512", .warning, "a setting of /etc/default that its script does not take",
        because: "The init scripts of xendomains and o2cb read the variables that they know, and refuse or pass over values that they don't.",
        look: "the comments in the file; /etc/init.d/xendomains, /etc/init.d/o2cb, o2cb.sysconfig(5)",
        remedy: "write what the script reads")

    public static let foreignAddress = Rule(
        "CXS513", .error, "an address that belongs to another node",
        because:
            "corosync.conf, OCFS2's cluster.conf and the .res files each say which address a node has. A network for replication alone is as good as any; but what is one node's address in one file can't be another's in the next: the connection would be made to the wrong host, or to none.",
        look: "ringN_addr in corosync.conf, ip_address in cluster.conf, address in the .res files; \"ip address\" on the hosts",
        remedy: "write the node's own address")

    public static let takenPort = Rule(
        "CXS514", .warning, "a port of DRBD on which o2cb listens",
        because:
            "o2cb listens on the ip_port of cluster.conf, 7777 as a rule. Of two that want one port of one address, the one that comes second gets no connection.",
        look: "ip_port in cluster.conf, address in the .res files; \"ss --listening --numeric\" on a host",
        remedy: "give the resource a port of its own")

    public static let idleStack = Rule(
        "CXS515", .warning, "OCFS2 without its cluster stack",
        because:
            "Pacemaker mounts an OCFS2 file system, and o2cb is not started at boot: without the stack the mount fails. /etc/init.d/o2cb does nothing unless O2CB_ENABLED is true.",
        look: "/etc/default/o2cb; \"systemctl status o2cb\"; crm/*.crm, fstype=ocfs2",
        remedy: "set O2CB_ENABLED=true")
}
