import LiveState
import Observing
import TestKit
import Testing

/// crm_mon on a CIB in a file.
struct StatusInFileTests {
    @Test("what ran, and whether the cluster was in maintenance")
    func read() async throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            """
            <cib crm_feature_set="3.16.1" validate-with="pacemaker-3.9" epoch="5" num_updates="0" admin_epoch="0" have-quorum="1" dc-uuid="1">
              <configuration>
                <crm_config>
                  <cluster_property_set id="o">
                    <nvpair id="o1" name="maintenance-mode" value="true"/>
                    <nvpair id="o2" name="stonith-enabled" value="false"/>
                  </cluster_property_set>
                </crm_config>
                <nodes><node id="1" uname="alpha"/><node id="2" uname="bravo"/></nodes>
                <resources>
                  <primitive id="d" class="ocf" provider="pacemaker" type="Dummy"/>
                  <primitive id="e" class="ocf" provider="pacemaker" type="Dummy"/>
                </resources>
                <constraints/>
              </configuration>
              <status>
                <node_state id="1" uname="alpha" in_ccm="true" crmd="online" join="member" expected="member">
                  <lrm id="1">
                    <lrm_resources>
                      <lrm_resource id="d" class="ocf" provider="pacemaker" type="Dummy">
                        <lrm_rsc_op id="d_last_0" operation_key="d_start_0" operation="start" transition-key="1:1:0:a"
                          transition-magic="0:0;1:1:0:a" call-id="5" rc-code="0" op-status="0" interval="0"/>
                      </lrm_resource>
                    </lrm_resources>
                  </lrm>
                </node_state>
              </status>
            </cib>

            """, to: "cib.xml")
        let status = try await ClusterObserver().status(in: path)
        #expect(status.inMaintenance && status.isActive("d", on: "alpha") && !status.isActive("e"))
        #expect(status.resources.first { $0.id == "d" }?.isManaged == false)
    }
}
