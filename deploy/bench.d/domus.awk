# A cluster of virtual machines as a repository of desired state: per domU a DRBD resource, its promotable clone, the Xen
# primitive, a colocation and an order, in the words of 2010 (ms, Master, Slave), which cost the most to compare.
#
#   awk -v count=N -v into=DIR [-v changed=K] -f domus.awk
#
# DIR/crm, DIR/drbd and DIR/xen must exist. With K > 0 it is the next commit: the first K domUs have another monitor
# interval, and something else in each of their files; the one in the middle is gone, and a new one stands at the end.

function begin(file) {
  if (out != "") close(out)
  out = into "/" file
}

function crm(id, monitor) {
  printf "primitive %s-DRBD ocf:linbit:drbd \\\n", id > out
  printf "\tparams drbd_resource=%s \\\n", id > out
  printf "\top monitor interval=20 role=Master timeout=20 \\\n" > out
  printf "\top monitor interval=30 role=Slave timeout=20 \\\n" > out
  printf "\top start interval=0 timeout=240 \\\n" > out
  printf "\top stop interval=0 timeout=100\n" > out
  printf "ms %s-MS %s-DRBD \\\n\tmeta master-max=2 notify=true interleave=true\n", id, id > out
  printf "primitive %s ocf:heartbeat:Xen \\\n", id > out
  printf "\tparams xmfile=\"/cluster/xen/%s.cfg\" \\\n", id > out
  printf "\top monitor interval=%s timeout=30 \\\n", monitor > out
  printf "\top start interval=0 timeout=60 \\\n\top stop interval=0 timeout=40 \\\n" > out
  printf "\tmeta allow-migrate=true target-role=Started\n" > out
  printf "colocation %s-with-DRBD inf: %s %s-MS:Master\n", id, id, id > out
  printf "order %s-after-DRBD Mandatory: %s-MS:promote %s:start\n", id, id, id > out
}

function drbd(id, number,    host) {
  begin("drbd/" id ".res")
  printf "resource %s {\n  net {\n    protocol C;\n    allow-two-primaries yes;\n%s  }\n", id,
    (number < changed ? "    max-buffers 8000;\n" : "") > out
  printf "  device /dev/drbd%d;\n  meta-disk internal;\n", number > out
  for (host = 1; host <= 2; host++) {
    printf "  on host%d {\n    disk /dev/guests/%s;\n", host, id > out
    printf "    address 192.0.2.%d:%d;\n  }\n", host, 7000 + number > out
  }
  print "}" > out
}

function xen(id, number) {
  begin("xen/" id ".cfg")
  printf "name = '%s'\nbuilder = 'hvm'\nmemory = %d\nvcpus = 1\n", id, (number < changed ? 1024 : 512) > out
  printf "disk = [ 'phy:/dev/drbd/by-res/%s,hda,w' ]\n", id > out
  printf "vif = [ 'bridge=br0,mac=00:16:3e:%02x:%02x:%02x' ]\n", number / 65536, number / 256 % 256, number % 256 > out
  print "on_poweroff = 'destroy'\non_reboot = 'restart'\non_crash = 'restart'" > out
}

function isThere(number) { return changed ? number != int(count / 2) : number < count }

BEGIN {
  begin("coxswain.yaml")
  print "cluster: bench" > out
  begin("crm/cluster.crm")
  print "node 1: host1\nnode 2: host2" > out
  print "property cib-bootstrap-options: stonith-enabled=true no-quorum-policy=stop" > out
  print "rsc_defaults rsc-options: resource-stickiness=1000" > out
  begin("drbd/global_common.conf")
  print "global {\n  usage-count no;\n}\ncommon {\n  net {\n    ping-int 10;\n  }\n}" > out
  perFile = 1000 # a blob of the repository may have 4 MiB
  for (first = 0; first <= count; first += perFile) {
    begin(sprintf("crm/domus-%02d.crm", first / perFile))
    printf "# domUs from number %d on\n", first > out
    for (i = first; i < first + perFile && i <= count; i++)
      if (isThere(i)) crm(sprintf("domu-%05d", i), i < changed ? "15s" : "10s")
  }
  for (i = 0; i <= count; i++)
    if (isThere(i)) { drbd(sprintf("domu-%05d", i), i); xen(sprintf("domu-%05d", i), i) }
}
