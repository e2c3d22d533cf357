import ClusterModel
import Diagnostics
import LiveState
import Testing

@Suite("What crm_simulate prints is read, or refused")
struct TransitionTests {
    private func transition(_ actions: String, resources: String = "", status: String = #"<status code="0" message="OK"/>"#) throws -> Transition {
        let cluster = "<cluster_status><nodes/><resources>\(resources)</resources></cluster_status>"
        let text = "<pacemaker-result>\(cluster)<actions>\(actions)</actions>\(status)</pacemaker-result>"
        return try Transition(simulation: SourceText(path: "", text: text))
    }

    typealias Action = Transition.ResourceAction

    /// Each as Pacemaker 2.1.5 prints it.
    @Test(
        "each form of an action",
        arguments: [
            (#"action="start" resource="a" node="n1""#, Action(.start, "a", to: "n1")),
            (
                #"action="start" resource="a" node="n1" reason="no quorum" blocked="true""#,
                .init(.start, "a", to: "n1", cause: "no quorum", isBlocked: true)
            ),
            (#"action="stop" resource="a" node="n1" reason="node availability""#, .init(.stop, "a", from: "n1", cause: "node availability")),
            (#"action="stop" resource="a:1" role="Promoted" node="n1""#, .init(.stop, "a", instance: "a:1", from: "n1", role: .promoted)),
            (#"action="move" resource="a" source="n1" dest="n2""#, .init(.move, "a", from: "n1", to: "n2")),
            (
                #"action="move" resource="a:0" role="Master" source="n1" next-role="Slave" dest="n2""#,
                .init(.move, "a", instance: "a:0", from: "n1", to: "n2", role: .promoted, nextRole: .unpromoted)
            ),
            (#"action="migrate" resource="a" source="n1" dest="n2""#, .init(.migrate, "a", from: "n1", to: "n2")),
            (#"action="restart" resource="a" source="n1""#, .init(.restart, "a", from: "n1", to: "n1")),
            (#"action="recover" resource="a" node="n1""#, .init(.recover, "a", from: "n1", to: "n1")),
            (#"action="recover" resource="a" source="n1" dest="n2""#, .init(.recover, "a", from: "n1", to: "n2")),
            (#"action="reload" resource="a" source="n1""#, .init(.reload, "a", from: "n1", to: "n1")),
            (
                #"action="promote" resource="a:12" role="Unpromoted" next-role="Promoted" source="n1""#,
                .init(.promote, "a", instance: "a:12", from: "n1", to: "n1", role: .unpromoted, nextRole: .promoted)
            ),
            (
                #"action="promote" resource="a:0" role="Stopped" next-role="Promoted" dest="n1""#,
                .init(.promote, "a", instance: "a:0", to: "n1", role: .stopped, nextRole: .promoted)
            ),
            (
                #"action="re-promote" resource="a:0" role="Promoted" source="n1""#,
                .init(.repromote, "a", instance: "a:0", from: "n1", to: "n1", role: .promoted)
            ),
        ])
    func forms(_ attributes: String, _ action: Action) throws {
        #expect(try transition("<rsc_action \(attributes)/>").actions == [action])
    }

    @Test("the parts of a bundle are the bundle's, its primitive's instances the primitive's")
    func bundles() throws {
        let replica = #"<resource id="web-ip-192.0.2.1"/><resource id="httpd:0"/><resource id="web-docker-0"/><resource id="web-0"/>"#
        let actions = ["web-ip-192.0.2.1", "httpd:0", "web-docker-0", "web-0", "web-1"].map {
            #"<rsc_action action="stop" resource="\#($0)" node="n"/>"#
        }
        let transition = try transition(
            actions.joined(), resources: #"<bundle id="web"><replica id="0">\#(replica)</replica></bundle><resource id="web-1"/>"#)
        #expect(transition.actions.map(\.resource) == ["web", "httpd", "web", "web", "web-1"])
        #expect(transition.actions.map(\.instance) == ["web-ip-192.0.2.1", "httpd:0", "web-docker-0", "web-0", "web-1"])
    }

    @Test("fencing, of a guest node too; a node that shuts down is not fenced")
    func fencing() throws {
        let transition = try transition(
            """
            <node_action task="Fence (reboot)" node="n1" reason="peer is no longer part of the cluster"/>
            <node_action task="Fence (off)" node="guest (resource: vm)" reason="guest is unclean"/>
            <node_action task="Fence (on)" node="n2" reason="required by x"/>
            <node_action task="Shutdown" node="n3" reason="y"/>
            """)
        #expect(transition.fencing.map(\.node) == ["n1", "guest", "n2"])
        #expect(transition.fencing.map(\.operation) == ["reboot", "off", "on"])
        #expect(transition.fencing.map(\.isUnfencing) == [false, false, true])
        #expect(transition.fencing.first?.cause == "peer is no longer part of the cluster")
    }

    @Test(
        "an action that is not known, or not whole, is never passed over",
        arguments: [
            #"<rsc_action action="explode" resource="a" node="n1"/>"#, #"<rsc_action action="stop" node="n1"/>"#,
            #"<rsc_action action="stop" resource="a"/>"#, #"<rsc_action action="stop" resource="a" role="Boss" node="n1"/>"#,
            #"<node_action task="Explode" node="n1"/>"#, #"<node_action task="Fence (reboot)"/>"#, #"<cluster_action/>"#,
        ])
    func unknown(_ action: String) throws {
        #expect(throws: Finding.self) { try transition(action) }
    }

    @Test("an answer that failed, was cut off or is something else is none")
    func failed() throws {
        #expect(throws: Finding.self) { try transition("", status: "") }
        #expect(throws: Finding.self) { try transition("", status: #"<status code="78" message="Invalid configuration"/>"#) }
        for text in ["", "nothing", "<a/>", "<pacemaker-result><status code=\"0\"/></pacemaker-result>", "<pacemaker-result><actions/>"] {
            #expect(throws: Finding.self) { try Transition(simulation: SourceText(path: "", text: text)) }
        }
        #expect(try transition("") == Transition())
    }
}
