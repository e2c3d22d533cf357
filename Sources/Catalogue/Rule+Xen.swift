internal import Diagnostics

extension Rule {
    static let xen = [
        missingDomain, unusedDomain, promotingDisk, repeatedMAC, repeatedDisplay, repeatedInterface, repeatedDomain,
        repeatedUUID, foreignName, ignoredKey, formerKey, unknownKey, refusedKeyValue, ignoredKeyValue,
    ]

    public static let missingDomain = Rule(
        "CXS401", .warning, "a domU without a file",
        because: "xmfile names a file that xen/ does not hold, or that is put into another directory of the hosts.",
        look: "xen/*.cfg; hosts.xen in coxswain.yaml",
        remedy: "add the file, or correct the path")

    public static let unusedDomain = Rule(
        "CXS402", .notice, "a domU's file that no resource uses",
        because: "Pacemaker does not start the domU. That may be meant; more often the primitive was forgotten.",
        look: "crm/*.crm, xmfile=",
        remedy: "add a primitive of ocf:heartbeat:Xen, or remove the file")

    public static let promotingDisk = Rule(
        "CXS403", .warning, "a disk that promotes DRBD by itself",
        because: "drbd: in a disk has Xen's block script promote and demote the resource, in competition with Pacemaker.",
        look: "disk in the .cfg; xl-disk-configuration(5)",
        remedy: "write phy:/dev/drbd/by-res/NAME, and let Pacemaker promote")

    public static let repeatedMAC = Rule(
        "CXS404", .warning, "two network interfaces with one MAC address",
        because: "Switches deliver the packets of both to whichever sent last.",
        look: "vif in all .cfg files",
        remedy: "give each interface an address of its own, from 00:16:3e:…")

    public static let repeatedDisplay = Rule(
        "CXS405", .warning, "two domUs with one VNC display",
        because: "Two domUs on one host can't listen on one port: the second one fails to start, perhaps only at a failover.",
        look: "vncdisplay, vnc in all .cfg files",
        remedy: "give each domU a display of its own, or set vncunused=1")

    public static let repeatedInterface = Rule(
        "CXS406", .warning, "two network interfaces with one vifname",
        because: "An interface of a host has one name: the second domU fails to start.",
        look: "vifname in all .cfg files",
        remedy: "give each interface a name of its own")

    public static let repeatedDomain = Rule(
        "CXS407", .error, "two domUs with one name",
        because: "The Xen agent knows a domU by the name in its file: it would take one for the other.",
        look: "name in all .cfg files",
        remedy: "give each domU a name of its own")

    public static let repeatedUUID = Rule(
        "CXS408", .warning, "two domUs with one uuid",
        because: "xl refuses to create the second one.",
        look: "uuid in all .cfg files",
        remedy: "give each domU a uuid of its own, or none")

    public static let foreignName = Rule(
        "CXS409", .error, "a domU that its primitive knows by another name",
        because:
            "The agent starts the domain of the file and looks for the one that name= says. It takes the running domU for stopped, and Pacemaker may start it a second time, on the same disk.",
        look: "name in the .cfg; name= of the primitive",
        remedy: "write the same name in both; stop the domU before its name is changed")

    public static let ignoredKey = Rule(
        "CXS410", .warning, "a key that xl ignores",
        because: "xm read it, or it is of no effect beside another one or for a domU of this type. xl says nothing and goes on without.",
        look: "xl.cfg(5)",
        remedy: "remove it, or write what xl knows instead")

    public static let formerKey = Rule(
        "CXS411", .notice, "a key in a former spelling",
        because: "xl still reads it, and says that it is deprecated.",
        look: "xl.cfg(5)",
        remedy: "write it as the manual does; \"coxswain validate --fix\" does it")

    public static let unknownKey = Rule(
        "CXS412", .warning, "a key that xl does not know",
        because: "xl ignores what it does not know, without a word.",
        look: "xl.cfg(5)",
        remedy: "correct the spelling")

    public static let refusedKeyValue = Rule(
        "CXS413", .warning, "a domU's file that xl refuses",
        because: "xl reads the file, and then does not start the domU: at the next failover at the latest. Only a newer Xen might know the word.",
        look: "xl.cfg(5), xl-disk-configuration(5), xl-network-configuration(5); \"xl -N create FILE\" on a host",
        remedy: "write what the manual names")

    public static let ignoredKeyValue = Rule(
        "CXS414", .warning, "a value that xl passes over",
        because:
            "xl warns on its terminal, where nobody looks, and goes on as if the key were not there: a domU gets the default memory, or no disk.",
        look: "xl.cfg(5); \"xl -N create FILE\" on a host",
        remedy: "give a value of the kind that is expected")
}
