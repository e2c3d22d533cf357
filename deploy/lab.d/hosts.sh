# shellcheck shell=bash
# The verbs of deploy/lab for real hosts, each a virtual machine under QEMU. Sourced by deploy/lab, whose functions these replace.
base=${TMPDIR:-/var/tmp}/coxswain-hosts # disks of 2 GB each: not in memory
patience=${LAB_PATIENCE:-600} # seconds until all of them have booted and are a cluster, on emulated processors
hosts=hosts
memory=1536 # MiB for each host
LAB_TOKEN=${LAB_TOKEN:-10000} # a host that waits for its turn on a busy machine is not dead

control_address() { echo "198.51.100.$((10 + $1))"; } # who operates the hosts is on a network of its own, .1
check() {
  local command package missing=
  [ "$(id -u)" = 0 ] || { echo "needs root (network devices, Debian packages unpacked): run it with sudo"; return 1; }
  grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release ||
    { echo "the hosts are made from this machine's own apt sources, and those are not of Debian 12 (bookworm)"; return 1; }
  while read -r command package; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$command" > /dev/null || missing+=" $package"
  done <<< $'qemu-system-x86_64 qemu-system-x86\nmmdebstrap mmdebstrap\ncpio cpio\nxz xz-utils\ndepmod kmod\nmke2fs e2fsprogs
ssh openssh-client\ngit git\nip iproute2\nnsenter util-linux\nlosetup mount\ncibadmin pacemaker-cli-utils'
  [ -z "$missing" ] || { echo "missing Debian packages: apt-get install$missing"; return 1; }
  losetup --find > /dev/null 2>&1 || { echo "no loop device, which the hosts' disks are filled through: modprobe loop"; return 1; }
  [ -c /dev/net/tun ] || { echo "no /dev/net/tun, which the hosts' network cards need: modprobe tun"; return 1; }
  unshare --net ip link add lab type bridge 2> /dev/null ||
    { echo "the kernel has no network bridge here, or refuses namespaces: modprobe bridge; run a container with --privileged"; return 1; }
  mkdir -p "$base"
  enough "of memory" $((2 * memory + 512)) "$(($(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1024))" || return 1
  enough "in $base" 6000 "$(df --output=avail --block-size=1M "$base" | tail -n 1)" || return 1
}
enough() { [ "$3" -ge "$2" ] || { echo "two hosts need $2 MiB $1, and there are only $3"; return 1; }; }

build() { "$parts/hosts/image.sh"; }

# ------------------------------------------------------------------ what a host is given
# A program, and those of its libraries that are no Debian package.
install_program() { # ROOT
  local library program=${COXSWAIN:-$(realpath -m "$parts/../../.build/release/coxswain")}
  [ -x "$program" ] || { echo "lab: the hosts have no coxswain: there is no $program (COXSWAIN=PROGRAM names another)" >&2; return 0; }
  install -D -m 755 -s "$program" "$1/usr/local/bin/coxswain"
  while read -r library; do
    install -D -m 644 -t "$1/usr/local/lib" "$library"
  done < <(ldd "$program" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | grep -vE '^/(usr/)?lib(64)?/' || :)
}

# OCFS2's cluster, as examples-repo has it for two hosts, and its service switched on.
ocfs2_files() { # ETC NODE…
  local etc=$1 node i=0; shift
  mkdir -p "$etc"/{ocfs2,default}
  printf 'cluster:\n\tnode_count = %d\n\tname = ocfs2\n' $# > "$etc/ocfs2/cluster.conf"
  for node; do
    printf '\nnode:\n\tip_port = 7777\n\tip_address = %s\n\tnumber = %d\n\tname = %s\n\tcluster = ocfs2\n' \
      "$(address $((i + 1)))" $i "$node" >> "$etc/ocfs2/cluster.conf"
    i=$((i + 1))
  done
  cp "$parts/../../examples-repo/default/o2cb" "$etc/default/o2cb"
}

prepare() { # NODE…: before the first of them is made
  local tree=$lab/seed image
  image=$(build) || die "no image of the hosts"
  cp "$image"/{xen,vmlinux,initrd} "$lab/"; cp --sparse=always "$image/root.raw" "$lab/root.raw"
  ssh-keygen -q -t ed25519 -N '' -C lab -f "$lab/id"
  mkdir -p "$tree"/{etc/corosync,etc/pacemaker,var/lib/pacemaker/cib} "$lab/git"; mkdir -p -m 700 "$tree/root/.ssh"
  corosync_conf "$@" > "$tree/etc/corosync/corosync.conf"
  hosts "$@" > "$tree/etc/hosts"
  drbd_files "$tree/etc"; ocfs2_files "$tree/etc" "$@"
  install -m 640 "$lab/authkey" "$tree/etc/pacemaker/authkey"
  install -m 600 "$lab/first.xml" "$tree/var/lib/pacemaker/cib/cib.xml"
  install -m 600 "$lab/id" "$tree/root/.ssh/id_ed25519"; install -m 600 "$lab/id.pub" "$tree/root/.ssh/authorized_keys"
  printf 'StrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\n' > "$tree/root/.ssh/config"
  install_program "$tree"
  give "$tree" "$lab/root.raw"; rm -rf "$tree"
  serve
}

give() { # TREE DISK: puts files on the disk, in directories that keep the owners and modes that Debian gave them
  # shellcheck disable=SC2016 # the inner shell's own arguments
  unshare --mount sh -ec 'mount -o loop "$2" /mnt
    tar -C "$1" -c . | tar -C /mnt -x --no-overwrite-dir
    chroot /mnt chown root:haclient /etc/pacemaker/authkey
    chroot /mnt chown hacluster:haclient /var/lib/pacemaker/cib/cib.xml
    chroot /mnt ldconfig' - "$1" "$2"
}

# The network of who operates the hosts, and a git server on it that takes pushes: git://198.51.100.1/NAME.git is git/NAME.git here.
serve() {
  switch ip link add control type bridge forward_delay 0
  switch ip address add 198.51.100.1/24 dev control; switch ip link set control up
  inside git daemon --detach --reuseaddr --listen=198.51.100.1 --base-path="$lab/git" --export-all --enable=receive-pack "$lab/git"
}
inside() { nsenter --target "$(keeper)" --mount --net --pid -- "$@"; } # ends with the lab

make_disk() { # LAB_DIR NODE NODE…
  local disk=$1/$2
  mkdir -p "$disk"
  cp --sparse=always "$1/root.raw" "$disk/root.raw"; truncate -s 2G "$disk/data.raw"
}

# ------------------------------------------------------------------ power, cables, and a way in
start() { # NODE: switches it on; it takes a while to boot
  local i pid
  known "$1"; ! living "$lab/$1/init" > /dev/null || die "$1 is already running"
  rm -f "$lab/$1/init"; i=$(index "$1")
  plug "$i" "port$i" switch; plug "$i" "control$i" control
  [ ! -e "$lab/shared/partitioned/$1" ] || port "$1" nomaster
  (inside setsid bash "$parts/hosts/power.sh" "$lab" "$parts" "$1" "$i" "$memory" < /dev/null > "$lab/$1/power.out" 2>&1 &)
  for _ in {1..500}; do pid=$(living "$lab/$1/init") && break; sleep 0.02; done
  [ -n "$pid" ] || die "$1 did not start: $(cat "$lab/$1/power.out")"
}

plug() { # INDEX PORT SWITCH: a network card's other end, which stays when the host goes
  switch ip link show "$2" > /dev/null 2>&1 || switch ip tuntap add "$2" mode tap
  switch ip link set "$2" master "$3" up
}
port() { switch ip link set "port$(index "$1")" "${@:2}"; }
forget() { :; } # a real kernel forgets by itself

kill_node() { # NODE
  local pid
  known "$1"; pid=$(living "$lab/$1/init") || return 0
  kill -KILL "$pid"
  while living "$lab/$1/init" > /dev/null; do sleep 0.02; done
  secure_shell "$1" -O exit > /dev/null 2>&1 || rm -f "$lab/$1/ssh"
}

secure_shell() { # NODE SSH_OPTION…
  local node=$1; shift
  inside ssh -F none -i "$lab/id" -S "$lab/$node/ssh" -o BatchMode=yes -o ConnectTimeout=20 -o LogLevel=ERROR \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ServerAliveInterval=10 -o ServerAliveCountMax=6 \
    "$@" "root@$(control_address "$(index "$node")")"
}

# One connection, which all commands share: an emulated processor takes seconds to shake hands.
connect() { # NODE
  secure_shell "$1" -O check > /dev/null 2>&1 && return
  exec {turn}> "$lab/$1/connecting"; flock "$turn"
  secure_shell "$1" -O check > /dev/null 2>&1 || {
    rm -f "$lab/$1/ssh"
    secure_shell "$1" -M -N -f < /dev/null > "$lab/$1/ssh.out" 2>&1 {turn}>&-
  }
  exec {turn}>&-
}

enter() { # NODE CMD…
  local node=$1; shift
  known "$node"; living "$lab/$node/init" > /dev/null || die "$node is not running: deploy/lab hosts --name $name start $node"
  connect "$node" || die "$node does not answer (yet): $(cat "$lab/$node/ssh.out")"
  exec nsenter --target "$(keeper)" --mount --net --pid -- ssh -F none -S "$lab/$node/ssh" -o LogLevel=ERROR \
    "root@$(control_address "$(index "$node")")" "$(printf '%q ' "$@")"
}
