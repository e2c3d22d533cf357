import Catalogue

extension Example {
    private static let unfenced = "property stonith-enabled=false\n"

    static let verification = [
        crm(
            .recurringAction, marks: "10s", bad: "primitive a Dummy op start interval=10s\n",
            good: "primitive a Dummy op start interval=0s\n"),
        crm(
            .selfReference, marks: "a", bad: "primitive a Dummy\norder o Mandatory: a a\n",
            good: "primitive a Dummy\nprimitive b Dummy\norder o Mandatory: a b\n"),
        crm(.repeatedPair, marks: "fake", bad: "primitive a Dummy params fake=1 fake=2\n", good: "primitive a Dummy params fake=1\n"),
        crm(
            .repeatedPair, marks: "migration-threshold", bad: "rsc_defaults a: migration-threshold=1\nrsc_defaults b: migration-threshold=2\n",
            good: "rsc_defaults a: migration-threshold=1\nrsc_defaults b: rule date gt 2020-01-01 migration-threshold=2\n"),
        crm(
            .repeatedPair, marks: "batch-limit", bad: "property x: batch-limit=3\nproperty y: batch-limit=4\n",
            good: "property x: batch-limit=3\nproperty y: cluster-delay=60s\n"),
        crm(
            .repeatedPair, marks: "priority",
            bad: "primitive e Dummy meta $id=em priority=7\nprimitive a Dummy meta $id-ref=em meta priority=2\n",
            good: "primitive e Dummy meta $id=em 5: priority=7\nprimitive a Dummy meta $id-ref=em meta priority=2\n"),
        crm(
            .misplacedRole, marks: "Promoted", bad: "primitive a Stateful meta target-role=Promoted\n",
            good: "primitive a Stateful meta target-role=Promoted\nclone c a meta promotable=true\n"),
        crm(
            .selfReference, marks: "a", bad: "primitive a Dummy\nprimitive b Dummy\norder o Mandatory: ( a b ) a\n",
            good: "primitive a Dummy\nprimitive b Dummy\norder o Mandatory: [ a b ] a:stop\n"),
        crm(
            .clonedReference, marks: "a", bad: "primitive a Dummy\nprimitive b Dummy\nclone c a\norder o Mandatory: a b\n",
            good: "primitive a Dummy\nprimitive b Dummy\ngroup g a\norder o Mandatory: a b\n"),
        crm(
            .misplacedFailure, marks: "demote", bad: "primitive a Stateful op monitor interval=10s on-fail=demote\n",
            good: "primitive a Stateful op monitor interval=10s role=Promoted on-fail=demote\n"),
        crm(
            .misplacedFailure, marks: "standby", bad: "primitive a Dummy op stop interval=0 on-fail=standby\n",
            good: "primitive a Dummy op stop interval=0 on-fail=fence op monitor interval=10s on-fail=standby\n"),
        crm(
            .crowdedClone, marks: "2", bad: "primitive a Dummy\nclone c a meta clone-node-max=2\n",
            good: "primitive a Dummy\nclone c a meta clone-node-max=2 globally-unique=true\n"),
        crm(
            .unreachableBundle, marks: "b", bad: "primitive a Dummy\nbundle b docker image=x primitive a\n",
            good: "primitive a Dummy\nbundle b docker image=x network control-port=3121 primitive a\n"),
        crm(
            .misplacedPair, marks: "@t", bad: "rsc_template t Dummy\nprimitive a Dummy params @t\n",
            good: "primitive t Dummy params $p:fake=1\nprimitive a Dummy params @p\n"),
        crm(
            .repeatedObject, marks: "x", bad: "primitive x Dummy\n", "primitive a Dummy\nlocation x a 100: alice\n",
            good: "primitive x Dummy\nprimitive a Dummy\nlocation y a 100: alice\n"),
        crm(
            .repeatedObject, marks: "d-monitor-10s",
            bad: "primitive d Dummy op monitor interval=10s\nprimitive d-monitor-10s Dummy op monitor interval=10s\n",
            good: "primitive d Dummy op monitor $id=m interval=10s\nprimitive d-monitor-10s Dummy op monitor interval=10s\n"),
        crm(
            .repeatedObject, marks: "a-meta_attributes", bad: "primitive a Dummy meta priority=1\n",
            "primitive b Dummy params $id=a-meta_attributes x=1\n",
            good: "primitive a Dummy\nprimitive b Dummy params $id=a-meta_attributes x=1\n"),
        crm(
            .repeatedObject, marks: "fencing",
            bad: "fencing_topology f1 f2\nprimitive f1 stonith:external/ssh\nprimitive f2 stonith:external/ssh\n",
            "primitive fencing Dummy\n", good: "primitive fencing-7 Dummy\n"),
        crm(
            .repeatedObject, marks: "ALPHA", bad: "node 1: alpha\nnode 3: ALPHA\n",
            good: "node 1: alpha\nnode 3: beta\n"),
        crm(
            .repeatedObject, marks: "alpha", bad: "node 1: alpha\n",
            "primitive alpha ocf:pacemaker:remote params server=192.0.2.1 op monitor interval=9s\n",
            good: "node alpha:remote\nprimitive alpha ocf:pacemaker:remote params server=192.0.2.1 op monitor interval=9s\n"),
        crm(
            .repeatedObject, marks: "Alpha", bad: "node 1: alpha\nprimitive vm Dummy op monitor interval=9s meta remote-node=Alpha\n",
            good: "node 1: alpha\nprimitive vm Dummy op monitor interval=9s meta remote-node=guest\n"),
        crm(.reservedName, marks: "coxswain", bad: "primitive coxswain Dummy\n", good: "primitive coxswain-a Dummy\n"),
        crm(
            .reservedName, marks: "coxswain-applied", bad: "primitive a Dummy params $id=coxswain-applied x=1\n",
            good: "primitive a Dummy params $id=p x=1\n"),
        crm(
            .danglingList, marks: "oops", bad: "primitive a Dummy meta $id=ops priority=1\nprimitive b Dummy meta $id-ref=oops\n",
            good: "primitive a Dummy meta $id=ops priority=1\nprimitive b Dummy meta $id-ref=ops\nprimitive c Dummy meta $id-ref=a\n"),
        crm(
            .unmonitored, marks: "a", bad: "primitive a Xen params xmfile=/a op monitor interval=0 op start interval=0\n",
            good: "rsc_template t Xen op monitor interval=9s\nprimitive a @t params xmfile=/a\nprimitive b Filesystem\nmonitor b 30s:10s\n"),
        crm(
            .unmonitored, marks: "monitor", bad: "primitive a Stateful op monitor interval=9s\nclone c a meta promotable=true\n",
            good: "primitive a Stateful op monitor interval=9s role=Master\nms c a\n"),
        crm(
            .noFenceDevice, marks: "stonith-enabled", bad: "property stonith-enabled=true\n",
            good: "property stonith-enabled=true\nprimitive f stonith:external/ssh\n"),
        crm(
            .noFenceDevice, marks: "stonith-enabled", bad: "property p: stonith-enabled=yes\n",
            good: "property stonith-enabled=true stonith-watchdog-timeout=10s\n"),
        crm(
            .danglingList, marks: "b", bad: "primitive a Dummy meta $id-ref=b\nprimitive b Dummy params fake=1\n",
            good: "primitive a Dummy meta $id-ref=b-meta_attributes\nprimitive b Dummy meta priority=1\n"),
        crm(
            .danglingList, marks: "nix", bad: "primitive a Dummy operations $id-ref=nix\n",
            good: "primitive a Dummy operations $id-ref=b\nprimitive b Dummy op monitor interval=9s\n"),
        crm(
            .danglingList, marks: "@nix", bad: "primitive a Dummy params @nix\n",
            good: "primitive a Dummy params @f\nprimitive b Dummy params $f:fake=1\n"),
        crm(
            .danglingList, marks: "@nix:priority", bad: "primitive a Dummy meta @nix:priority\n",
            good: "primitive a Dummy meta @b-meta_attributes-priority\nprimitive b Dummy meta priority=1\n"),
        crm(
            .danglingList, marks: "@nix", bad: "primitive a Dummy op monitor interval=9s op_params @nix\n",
            good: "primitive a stonith:external/ssh params @a-instance_attributes-url:url @x:passwd op monitor interval=9s\n"),
        crm(
            .danglingList, marks: "@nix", bad: "primitive a Dummy utilization @nix\n",
            good: "primitive a Dummy utilization @m\nnode alice utilization $m:memory=1\n"),
        crm(
            .absentFencing, marks: "fence", bad: unfenced + "primitive a Dummy\nrsc_ticket t T: a loss-policy=fence\n",
            good: unfenced + "primitive a Dummy\nrsc_ticket t T: a loss-policy=stop\n"),
        crm(
            .absentFencing, marks: "fence", bad: unfenced + "primitive a Dummy op monitor interval=9s on-fail=fence\n",
            good: "primitive a Dummy op monitor interval=9s on-fail=fence\n"),
        crm(
            .absentFencing, marks: "unfencing", bad: unfenced + "primitive a Dummy meta requires=unfencing\n",
            good: unfenced + "primitive a Dummy meta requires=quorum\n"),
        crm(
            .deafAgent, marks: "port", bad: "primitive a systemd:nginx params port=80\n",
            good: "primitive a systemd:nginx\nprimitive b ocf:heartbeat:nginx params port=80\n"),
        crm(.deafAgent, marks: "port", bad: "rsc_template t lsb:nginx params port=80\n", good: "primitive a lsb:nginx op monitor interval=9s\n"),
        crm(.retiredClass, marks: "heartbeat:IPaddr", bad: "primitive a heartbeat:IPaddr\n", good: "primitive a ocf:heartbeat:IPaddr\n"),
        crm(.retiredClass, marks: "upstart:nginx", bad: "primitive a upstart:nginx\n", good: "primitive a systemd:nginx\n"),
        crm(.openClass, marks: "service:nginx", bad: "primitive a service:nginx\n", good: "primitive a lsb:nginx\n"),
        crm(
            .unfitClone, marks: "c", bad: "primitive a systemd:nginx\nclone c a meta promotable=true\n",
            good: "primitive a systemd:nginx\nclone c a\n"),
        crm(
            .unfitClone, marks: "c", bad: "rsc_template t lsb:x\nprimitive a @t\ngroup g a\nclone c g meta globally-unique=true\n",
            good:
                "primitive a Stateful\nclone c a meta promotable=true globally-unique=true\nprimitive f stonith:external/ssh\nclone d f meta globally-unique=true\n"
        ),
        crm(
            .strayAttribute, marks: "on_fail", bad: "primitive a Dummy op monitor interval=10s on_fail=restart\n",
            good: "primitive a Dummy op monitor interval=10s on-fail=restart OCF_CHECK_LEVEL=10\n"),
        crm(
            .lockedOut, marks: "fake=\"C:\\dir\\\\\"", bad: "primitive a Dummy params fake=\"C:\\dir\\\\\"\n",
            good: "primitive a Dummy params fake=\"C:\\dir\" state=\"a\\\\\\\\\"\n"),
        crm(
            .lockedOut, marks: "podman", bad: "primitive a Dummy\nbundle b podman image=x network control-port=3121 primitive a\n",
            good: "primitive a Dummy\nbundle b docker image=x network control-port=3121 primitive a\n"),
        crm(
            .futileLevel, marks: "f2", bad: "primitive f1 stonith:external/ssh\nfencing_topology alpha: f1 f2\n",
            good: "primitive f1 stonith:external/ssh\nprimitive f2 stonith:external/ssh\nfencing_topology alpha: f1 f2\n"),
        crm(
            .futileLevel, marks: "a", bad: "primitive f1 stonith:external/ssh\nprimitive a Dummy\nfencing_topology alpha: f1 a\n",
            good: "rsc_template t stonith:external/ssh\nprimitive f1 @t\nfencing_topology alpha: f1\n"),
        crm(
            .futileLevel, marks: "f1", bad: "primitive f1 stonith:external/ssh\nfencing_topology alpha: f1 f1\n",
            good: "primitive f1 stonith:external/ssh\nfencing_topology alpha: f1 bravo: f1\n"),
        crm(
            .unreadableDate, marks: "2030-13-99", bad: "primitive a Dummy\nlocation l a rule 100: date lt 2030-13-99\n",
            good: "primitive a Dummy\nlocation l a rule 100: date lt 2030-12-31\n"),
        crm(
            .unreadableDate, marks: "9-99", bad: "primitive a Dummy\nlocation l a rule 100: date spec hours=9-99\n",
            good: "primitive a Dummy\nlocation l a rule 100: date spec hours=9-16 weekdays=1-5 years=2030-\n"),
        crm(
            .unknownAgent, marks: "drdb", bad: "primitive a ocf:linbit:drdb\n",
            good: "primitive a ocf:linbit:drbd\nprimitive b ocf:acme:Coffee\n"),
        crm(
            .clonedReference, marks: "t", bad: "rsc_template t Dummy\nprimitive a @t\nclone c a\nlocation l t 100: alice\n",
            good: "rsc_template t Dummy\nprimitive a @t\ngroup g a\nlocation l t 100: alice\n"),
        crm(
            .clonedReference, marks: "t", bad: "primitive a Dummy\nprimitive b Dummy\nclone c a\ntag t a\norder o Mandatory: t b\n",
            good: "primitive a Dummy\nprimitive b Dummy\nclone c a\ntag t c\norder o Mandatory: t b\n"),
        crm(
            .clonedReference, marks: "t", bad: "rsc_template t Dummy\nlocation l t 100: alice\n",
            good: "rsc_template t Dummy\nprimitive a @t\nlocation l t 100: alice\n"),
    ]
}
