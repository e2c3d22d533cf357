# shellcheck shell=bash
# What is on a node's disk before it is switched on for the first time. Sourced by deploy/lab.

address() { echo "192.0.2.$((10 + $1))"; } # the documentation range, as examples-repo has it: alpha .11, bravo .12

corosync_conf() { # NODE...
  local quorum="" i=0 node
  [ $# != 2 ] || quorum=$'\n  two_node: 1'
  cat << END
totem {
  version: 2
  cluster_name: ${LAB_CLUSTER:-lab}
  transport: knet
  crypto_cipher: none
  crypto_hash: none
  token: ${LAB_TOKEN:-1000}
}
system {
  sched_rr: no
  move_to_root_cgroup: no
}
logging {
  to_stderr: no
  to_syslog: no
  to_logfile: yes
  logfile: /var/log/corosync/corosync.log
  timestamp: hires
}
quorum {
  provider: corosync_votequorum$quorum
}
nodelist {
END
  for node; do
    i=$((i + 1))
    printf '  node {\n    name: %s\n    nodeid: %d\n    ring0_addr: %s\n  }\n' "$node" $i "$(address $i)"
  done
  echo '}'
}

hosts() { # NODE...
  local i=0 node
  echo "127.0.0.1 localhost"
  for node; do i=$((i + 1)); echo "$(address $i) $node"; done
}

# A CIB without resources. dc-deadtime: a DC is elected after 3 s instead of 23. No fencing device, so no fencing:
# Pacemaker starts nothing at all while stonith is wanted and there is no way to do it.
first_cib() {
  local id=cib-bootstrap-options
  cibadmin --empty | sed "s#<crm_config/>#<crm_config><cluster_property_set id=\"$id\"><nvpair id=\"$id-dc-deadtime\" \
name=\"dc-deadtime\" value=\"2s\"/><nvpair id=\"$id-stonith-enabled\" name=\"stonith-enabled\" value=\"false\"/>\
</cluster_property_set></crm_config>#"
}

# Debian's own file switches udev-always-use-vnr on, which turns /dev/drbd/by-res/NAME into a directory.
drbd_files() { # ETC
  rm -rf "$1/drbd.d"; mkdir -p "$1/drbd.d"
  printf 'include "drbd.d/global_common.conf";\ninclude "drbd.d/*.res";\n' > "$1/drbd.conf"
  printf 'global {\n\tusage-count no;\n}\n\ncommon {\n}\n' > "$1/drbd.d/global_common.conf"
}

make_disk() { # LAB_DIR NODE NODE...
  local lab=$1 node=$2 disk=$1/$2; shift 2
  mkdir -p "$disk"/{cluster/xen,var/lib/{corosync,drbd,coxswain},var/log/{corosync,crmsh,pacemaker/bundles}} \
           "$disk"/var/lib/pacemaker/{blackbox,cib,cores,pengine}
  cp -a /etc "$disk/etc"
  rm -rf "$disk"/etc/{xen,coxswain,corosync,pacemaker}
  mkdir -p "$disk"/etc/{xen,coxswain,corosync/uidgid.d,pacemaker}
  drbd_files "$disk/etc"
  corosync_conf "$@" > "$disk/etc/corosync/corosync.conf"
  hosts "$@" > "$disk/etc/hosts"
  echo "$node" > "$disk/etc/hostname"
  install -o root -g haclient -m 640 "$lab/authkey" "$disk/etc/pacemaker/authkey"
  install -o hacluster -g haclient -m 600 "$lab/first.xml" "$disk/var/lib/pacemaker/cib/cib.xml"
  chown -R hacluster:haclient "$disk"/var/lib/pacemaker/* "$disk"/var/log/{pacemaker,crmsh}
  chmod 750 "$disk"/var/lib/pacemaker/*; chmod 770 "$disk/var/log/pacemaker"; chmod 775 "$disk/var/log/crmsh"
}
