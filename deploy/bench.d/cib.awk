# The CIB of a cluster that has the domUs of domus.awk, with the ids that crmsh gives: what a first commit has made.
#
#   awk -v count=N [-v applied=COMMIT] [-v status=running] -f cib.awk > FILE
#
# status=running: two nodes are up, DRBD is primary on both, and the domUs run, half of them on each.

function open(tag, id) { printf "%s<%s%s>\n", margin, tag, id ? " id=\"" id "\"" : ""; margin = margin "  " }
function close_(tag) { margin = substr(margin, 3); printf "%s</%s>\n", margin, tag }
function pair(set, name, value) { printf "%s<nvpair id=\"%s-%s\" name=\"%s\" value=\"%s\"/>\n", margin, set, name, name, value }
function operation(id, name, interval, rest) {
  printf "%s<op id=\"%s-%s-%s\" name=\"%s\" interval=\"%s\"%s/>\n", margin, id, name, interval, name, interval, rest
}
function primitive(id, provider, type) {
  printf "%s<primitive id=\"%s\" class=\"ocf\" provider=\"%s\" type=\"%s\">\n", margin, id, provider, type
  margin = margin "  "
}
function set(tag, id) { open(tag, id "-" tag); return id "-" tag }

function storage(id,    name, meta, parameters) {
  name = id "-MS"
  open("master", name)
  meta = set("meta_attributes", name)
  pair(meta, "master-max", 2); pair(meta, "notify", "true"); pair(meta, "interleave", "true")
  close_("meta_attributes")
  name = id "-DRBD"
  primitive(name, "linbit", "drbd")
  parameters = set("instance_attributes", name)
  pair(parameters, "drbd_resource", id)
  close_("instance_attributes")
  open("operations")
  operation(name, "monitor", 20, " role=\"Master\" timeout=\"20\"")
  operation(name, "monitor", 30, " role=\"Slave\" timeout=\"20\"")
  operation(name, "start", 0, " timeout=\"240\"")
  operation(name, "stop", 0, " timeout=\"100\"")
  close_("operations"); close_("primitive"); close_("master")
}

function guest(id,    parameters, meta) {
  primitive(id, "heartbeat", "Xen")
  parameters = set("instance_attributes", id)
  pair(parameters, "xmfile", "/cluster/xen/" id ".cfg")
  close_("instance_attributes")
  open("operations")
  operation(id, "monitor", "10s", " timeout=\"30\"")
  operation(id, "start", 0, " timeout=\"60\"")
  operation(id, "stop", 0, " timeout=\"40\"")
  close_("operations")
  meta = set("meta_attributes", id)
  pair(meta, "allow-migrate", "true"); pair(meta, "target-role", "Started")
  close_("meta_attributes"); close_("primitive")
}

function constraints(id) {
  printf "%s<rsc_colocation id=\"%s-with-DRBD\" score=\"INFINITY\" rsc=\"%s\" with-rsc=\"%s-MS\" with-rsc-role=\"Master\"/>\n",
    margin, id, id, id
  printf "%s<rsc_order id=\"%s-after-DRBD\" kind=\"Mandatory\" first=\"%s-MS\" first-action=\"promote\"", margin, id, id
  printf " then=\"%s\" then-action=\"start\"/>\n", id
}

function ran(id, task, interval, code, node, call,    key) {
  key = sprintf("1:1:%d:00000000-0000-4000-8000-000000000000", task == "monitor" ? code : 0)
  printf "%s<lrm_rsc_op id=\"%s_%s\" operation_key=\"%s_%s_%s\" operation=\"%s\"", margin, id,
    interval ? task "_" interval : "last_0", id, task, interval, task
  printf " crm-debug-origin=\"bench\" crm_feature_set=\"3.16.1\" transition-key=\"%s\" transition-magic=\"0:%d;%s\"", key, code, key
  printf " on_node=\"host%d\" call-id=\"%d\" rc-code=\"%d\" op-status=\"0\" interval=\"%s\" last-rc-change=\"1700000000\"",
    node, call, code, interval
  print " exec-time=\"9\" queue-time=\"0\"/>"
}

function lrm(id, provider, type) {
  printf "%s<lrm_resource id=\"%s\" class=\"ocf\" provider=\"%s\" type=\"%s\">\n", margin, id, provider, type
  margin = margin "  "
}

function running(node,    i, id, call) {
  printf "%s<node_state id=\"%d\" uname=\"host%d\" in_ccm=\"true\" crmd=\"online\" join=\"member\" expected=\"member\">\n", margin, node, node
  margin = margin "  "
  printf "%s<lrm id=\"%d\">\n%s  <lrm_resources>\n", margin, node, margin
  margin = margin "    "
  for (i = 0; i < count; i++) {
    id = sprintf("domu-%05d", i)
    lrm(id "-DRBD", "linbit", "drbd")
    ran(id "-DRBD", "promote", 0, 0, node, ++call)
    ran(id "-DRBD", "monitor", 20000, 8, node, ++call)
    close_("lrm_resource")
    lrm(id, "heartbeat", "Xen")
    if (i % 2 == node - 1) { ran(id, "start", 0, 0, node, ++call); ran(id, "monitor", 10000, 0, node, ++call) }
    else ran(id, "monitor", 0, 7, node, ++call)
    close_("lrm_resource")
  }
  close_("lrm_resources"); close_("lrm"); close_("node_state")
}

BEGIN {
  print "<cib crm_feature_set=\"3.16.1\" validate-with=\"pacemaker-3.9\" epoch=\"1\" num_updates=\"0\" admin_epoch=\"0\">"
  margin = "  "
  open("configuration"); open("crm_config")
  open("cluster_property_set", "cib-bootstrap-options")
  pair("cib-bootstrap-options", "stonith-enabled", "true"); pair("cib-bootstrap-options", "no-quorum-policy", "stop")
  close_("cluster_property_set")
  if (applied) { open("cluster_property_set", "coxswain"); pair("coxswain", "applied", applied); close_("cluster_property_set") }
  close_("crm_config")
  open("nodes")
  for (i = 1; i <= 2; i++) printf "%s<node id=\"%d\" uname=\"host%d\"/>\n", margin, i, i
  close_("nodes"); open("resources")
  for (i = 0; i < count; i++) { storage(sprintf("domu-%05d", i)); guest(sprintf("domu-%05d", i)) }
  close_("resources"); open("constraints")
  for (i = 0; i < count; i++) constraints(sprintf("domu-%05d", i))
  close_("constraints"); open("rsc_defaults")
  open("meta_attributes", "rsc-options"); pair("rsc-options", "resource-stickiness", 1000); close_("meta_attributes")
  close_("rsc_defaults"); close_("configuration")
  if (status) { open("status"); running(1); running(2); close_("status") } else print "  <status/>"
  print "</cib>"
}
