# shellcheck shell=bash
# The package on a fresh Debian. Sourced by deploy/package.

root=$work/root
shared=$work/shared # what a lab's nodes have at /run/lab

check_package() { # PACKAGE
  [ "$(id -u)" = 0 ] || fail "--check needs root (namespaces): run it with sudo"
  check_lint "$1"
  check_same "$1"
  fresh_root
  check_purge "$1"
  install_package "$1"
  check_story
  check_units_at_work
}

# ------------------------------------------------------------------ by itself
check_lint() { # PACKAGE
  say "lintian"
  lintian --allow-root --fail-on error,warning "$1" >&2 || fail "lintian found something"
}

check_same() { # PACKAGE: of the same program
  say "packing it again, at another place"
  (umask 077; pack "$work/another/place")
  cmp "$1" "$work/another/place/${1##*/}" || fail "packed again the package is another one"
}

# ------------------------------------------------------------------ a Debian without Swift
fresh_root() { # unpacked anew each time; the archive is made once, and may be removed
  local archive=$output/debian.tar sources
  if [ ! -s "$archive" ]; then
    say "mmdebstrap makes a Debian"
    mapfile -t sources < <(grep -lsE '^(deb|URIs:) .*/debian' /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources})
    mmdebstrap --quiet --format=tar --variant=apt --include="$(deploy/packages --list demo | paste -sd,),systemd-sysv,dbus,man-db" bookworm \
      "$archive.new" "${sources[@]}" >&2 || fail "mmdebstrap failed"
    mv "$archive.new" "$archive"
  fi
  mkdir "$root"
  tar -xf "$archive" -C "$root"
}
container() { # OPTION…: with the root; neither machined nor a unit of this machine's systemd is needed
  systemd-nspawn --quiet --register=no --keep-unit --directory="$root" --hostname=alpha "$@" \
    2> >(grep -v 'Attempted to remove disk file system' >&2) # its own, where /run is no tmpfs
}
inside() { container --pipe --as-pid2 -- "$@" < /dev/null; }

everything() { # what lies there, but for what any package leaves: dpkg's, apt's and man's own records, logs, the copies of /etc/group
  (cd "$root" && find . \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/lib/apt \
    -o -path ./var/cache -o -path ./var/log \) -prune -o ! -name '*-' ! -path ./etc/ld.so.cache -printf '%p %M %u:%g\n') | sort
}

install_package() { # PACKAGE
  cp "$1" "$root/root/package.deb"
  inside dpkg --install /root/package.deb > "$work/install.log" 2>&1 || fail "it can't be installed: $(tail "$work/install.log")"
}

check_purge() { # PACKAGE
  say "installing and purging it"
  inside sh -c "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get satisfy --yes --no-install-recommends '$(dpkg-deb --field "$1" Depends)'" \
    > "$work/install.log" 2>&1 || fail "what it needs can't be installed: $(tail "$work/install.log")"
  [ -z "$(find "$root" -xdev -iname '*libswift*')" ] || fail "there is a Swift in this Debian"
  everything > "$work/before"
  install_package "$1"
  check_installed
  rm "$root/root/package.deb"
  inside dpkg --purge coxswain > "$work/install.log" 2>&1 || fail "it can't be purged: $(tail "$work/install.log")"
  everything | diff "$work/before" - >&2 || fail "it leaves something behind"
}

check_installed() {
  [ "$(inside coxswain --version)" = "$version" ] || fail "the program does not run there"
  inside man coxswain.yaml > "$work/page" && grep -q NAME "$work/page" || fail "there is no manual"
  inside getent group coxswain > /dev/null || fail "there is no group coxswain"
  [ "$(inside stat -c '%A %U:%G' /var/lib/coxswain /etc/coxswain/secrets | paste -sd' ')" = "drwxr-x--- root:coxswain drwx------ root:root" ] ||
    fail "/var/lib/coxswain or /etc/coxswain/secrets is not as it should be"
  inside sh -c 'cp -R /usr/share/doc/coxswain/examples/examples-repo /tmp/ha && cd /tmp/ha && git init -q && coxswain validate' > "$work/page" 2>&1 ||
    fail "it does not validate its own example: $(cat "$work/page")"
  # What people and the program leave in its directories goes with it.
  inside sh -c 'umask 077; echo secret > /etc/coxswain/secrets/drbd; echo "# mine" >> /etc/coxswain/coxswain.yaml; coxswain history --repo /nowhere' \
    > /dev/null 2>&1 || :
}

check_story() {
  say "the demo's story"
  mkdir "$root/srv/coxswain"
  cp -R deploy examples-repo "$root/srv/coxswain"
  container --pipe --as-pid2 --private-network --capability=all --setenv=COXSWAIN=/usr/bin/coxswain -- /srv/coxswain/deploy/demo \
    < /dev/null > "$work/story.log" 2>&1 || fail "the demo failed: $(cat "$work/story.log")"
  grep -q "^== What was seen" "$work/story.log" || fail "the demo did not come to its end"
  ! grep "No cluster can run here" "$work/story.log" >&2 || fail "the demo had no cluster"
}

# ------------------------------------------------------------------ the units, under systemd
# One node, with the stand-ins of the lab for DRBD and Xen. It is looked at from outside, where its files and what the stand-ins
# keep lie open.
check_units_at_work() {
  local minor
  say "the units, at work under systemd"
  make_node
  make_repository
  container --boot --private-network --capability=all --console=pipe --bind="$shared:/run/lab" < /dev/null > "$work/boot.log" 2>&1 &
  until node=$(pgrep --parent $! --exact systemd-nspawn); do sleep 0.1; done
  trap 'power_off "$node"; wait; rm -rf "$work"' EXIT
  await 60 "systemd is up" on systemctl is-active multi-user.target
  on mount --bind /run/lab/filesystems /proc/filesystems
  on ip address add 192.0.2.11/24 dev lo
  # Real DRBD's nodes come from the kernel; the stand-in would make them, which the sandbox of the unit that runs it forbids.
  for minor in 0 1; do on mknod -m 660 "/dev/drbd$minor" b 147 "$minor"; done
  await 60 "the cluster is up" cluster_is_up
  starts_when_told
  follows
  prepares
  survives_upgrade
  units_are_well on
  on systemctl poweroff || :
  wait
  trap 'rm -rf "$work"' EXIT
}

reinstall() { on dpkg --install /root/package.deb > "$work/install.log" 2>&1 || fail "it can't be installed again: $(tail "$work/install.log")"; }

starts_when_told() { # and not when it is installed, for it knows no repository
  reinstall
  [ "$(on systemctl is-enabled coxswain coxswain-prepare | sort -u)" = disabled ] || fail "a unit is enabled before a repository is named"
  ! on systemctl is-active coxswain > /dev/null || fail "coxswain.service was started before a repository was named"
  on systemctl enable coxswain-prepare 2> /dev/null
  on systemctl enable --now coxswain 2> /dev/null
}

follows() {
  await 90 "the file system is there" noted HEAD converged
  cp -R examples-repo/{crm,drbd,xen} "$root/srv/clone"
  commit "Add the virtual machine xps-101"
  await 120 "the virtual machine is there" noted HEAD converged
  [ -e "$root/etc/drbd.d/xps-101.res" ] || fail "there is no xps-101.res"
  [ -e "$shared/ocfs2/cluster-ocfs/xen/xps-101.cfg" ] || fail "xps-101.cfg does not lie on the cluster's file system"
  [ -e "$shared/xen/alpha/xps-101" ] || fail "xps-101 does not run"
  sed -i 's/protocol C;/protocol C; max-buffers 4000;/' "$root/srv/clone/drbd/xps-101.res"
  commit "Larger buffers for xps-101"
  await 90 "DRBD is adjusted" noted HEAD converged
  grep -rqs 'max-buffers=4000' "$shared/drbd/xps-101/alpha" || fail "DRBD was not adjusted"
}

prepares() { # Pacemaker is restarted; the file has to be there before it starts, which coxswain run would be too late for
  on systemctl stop pacemaker
  ! on systemctl is-active coxswain > /dev/null || fail "coxswain.service runs on without Pacemaker"
  rm "$root/etc/drbd.d/xps-101.res"
  on systemctl start pacemaker
  on journalctl --unit=coxswain-prepare --output=cat | grep -q '^wrote /etc/drbd.d/xps-101.res' ||
    fail "coxswain-prepare wrote nothing: $(on journalctl --unit=coxswain-prepare --output=cat | tail)"
  await 60 "coxswain.service is back" on systemctl is-active coxswain
}

survives_upgrade() {
  local process
  process=$(on systemctl show --property=MainPID coxswain)
  reinstall
  on systemctl is-active coxswain > /dev/null || fail "coxswain.service does not run after an upgrade"
  [ "$(on systemctl show --property=MainPID coxswain)" != "$process" ] || fail "coxswain.service still runs the former version"
  grep -q '^repo: ' "$root/etc/coxswain/coxswain.yaml" || fail "an upgrade lost the configuration"
}

power_off() { # PROCESS of systemd-nspawn: killed by itself, it would leave its container running
  pkill -KILL --parent "$1" || :
  kill -KILL "$1" 2> /dev/null || :
}

units_are_well() { # COMMAND…, by which something is run there
  ! "$@" journalctl --unit='coxswain*' --output=cat | grep -i 'not permitted\|permission denied\|read-only\|failed to set' >&2 ||
    fail "the sandbox is too small"
  "$@" systemctl --failed --plain --no-legend | { ! grep coxswain >&2; } || fail "a unit failed"
}

await() { # SECONDS WHAT COMMAND…
  local limit=$1 what=$2 began=$SECONDS; shift 2
  until "$@" > /dev/null 2>&1; do
    ((SECONDS - began < limit)) ||
      fail "after $limit s this was still not so: $what" "$("${evidence:-what_node_says}")"
    sleep 0.5
  done
}
what_node_says() { on journalctl --unit='coxswain*' --no-pager 2>&1 | tail -n 40; tail -n 20 "$work/boot.log"; }
on() { # CMD…, in the node
  nsenter --target "$(pgrep --parent "$node" --exact systemd)" --mount --uts --ipc --net --pid -- "$@"
}
cluster_is_up() { on crm_mon -1 | grep -q 'Online: \[ alpha \]'; }
noted() { # REVISION RESULT
  local commit
  commit=$(git -C "$root/srv/clone" rev-parse "$1")
  git --git-dir="$root/srv/ha.git" notes --ref=coxswain/tutorial/alpha show "$commit" | grep -qi "$2"
}
commit() { # MESSAGE
  git -C "$root/srv/clone" add -A
  git -C "$root/srv/clone" -c user.name=operator -c user.email=operator@example.org -c commit.gpgsign=false commit -q -m "$1"
  git -C "$root/srv/clone" push -q origin HEAD:main
}

make_repository() { # the first commit: cluster options and storage, no guest yet
  git init -q --bare -b main "$root/srv/ha.git"
  git clone -q "$root/srv/ha.git" "$root/srv/clone" 2> /dev/null
  cp -R examples-repo/. "$root/srv/clone"
  rm -r "$root/srv/clone"/{crm,drbd,xen}/xps-101.* "$root/srv/clone/lvm" # the disks here are files
  commit "The cluster's options and its file system"
  printf '%s\n' 'repo: /srv/ha.git' 'interval: 1' >> "$root/etc/coxswain/coxswain.yaml"
}

stand_in() { # ROOT: what deploy/lab.d/node.sh mounts in a lab lies in the disposable root itself
  local program
  for program in drbdsetup drbdmeta modprobe modinfo xl; do install -m 755 "deploy/lab.d/stand-ins/$program" "$1/usr/sbin/$program"; done
  sed -i 's#test -f /proc/drbd#test -f /run/lab/module#' "$1/usr/lib/ocf/resource.d/linbit/drbd"
}

make_node() {
  # shellcheck source=/dev/null
  . deploy/lab.d/disk.sh
  mkdir -p "$shared"/{drbd,xen/alpha,ocfs2,partitioned,fail,parts} "$root/cluster/xen"
  touch "$shared/module"
  stand_in "$root"
  install -m 755 deploy/lab.d/stand-ins/mount "$root/usr/local/sbin/mount"
  { cat /proc/filesystems; printf 'nodev\tocfs2\n'; } > "$shared/filesystems"
  echo alpha > "$root/etc/hostname"
  drbd_files "$root/etc"
  corosync_conf alpha | sed 's/ring0_addr: .*/ring0_addr: 127.0.0.1/' > "$root/etc/corosync/corosync.conf"
  first_cib > "$root/var/lib/pacemaker/cib/cib.xml"
  inside sh -c 'chown hacluster:haclient /var/lib/pacemaker/cib/cib.xml; systemctl enable corosync pacemaker' > /dev/null 2>&1
}
