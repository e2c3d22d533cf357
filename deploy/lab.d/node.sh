# shellcheck shell=bash
# pid 1 of a node, in namespaces of its own (mount, uts, ipc, net, pid). Run as: node.sh LAB_DIR PARTS NODE
# It makes the node's root, then starts corosync and pacemakerd and stays as init.
# Killing it is a power cut: the kernel takes every process of the node with it.
set -euo pipefail
lab=$1 parts=$2 node=$3
# shellcheck source=/dev/null
. "$parts/process.sh"
disk=$lab/$node root=$lab/$node/root

# What a node keeps on its own disk. The rest of the machine's file system is shared by all nodes.
own=(etc cluster var/log var/lib/pacemaker var/lib/corosync var/lib/drbd var/lib/coxswain)

# Shows every entry of $1 in $2, save what the node already has there of its own.
mirror() {
  local entry target
  for entry in "$1"/*; do
    target=$2/${entry##*/}
    if [ -e "$target" ] || [ -L "$target" ]; then continue; fi
    if [ -L "$entry" ]; then cp -a "$entry" "$target"
    elif [ -d "$entry" ]; then mkdir "$target"; mount --rbind "$entry" "$target"; fi
  done
}

make_root() {
  local path
  mkdir -p "$root"; mount -t tmpfs -o mode=755 node "$root"
  mkdir -p "$root"/{dev,proc,run,sys,var/lib}
  for path in "${own[@]}"; do
    mkdir -p "$root/$path"; mount --bind "$disk/$path" "$root/$path"
  done
  mirror /var/lib "$root/var/lib"; mirror /var "$root/var"; mirror "" "$root"
  mount -t proc proc "$root/proc"; mount -t sysfs sysfs "$root/sys"
  make_dev; make_run; make_kernel
  cd "$root"; mkdir .old; pivot_root . .old; umount --lazy /.old; rmdir /.old
}

# A /dev of its own: no disk of this machine can be reached by a mistake.
make_dev() {
  local dev=$root/dev device
  mount -t tmpfs -o mode=755 dev "$dev"; mkdir "$dev"/{shm,pts}
  mount -t tmpfs -o mode=1777 shm "$dev/shm"
  mount -t devpts -o newinstance,ptmxmode=666 devpts "$dev/pts"
  for device in "null 3" "zero 5" "full 7" "random 8" "urandom 9"; do
    mknod -m 666 "$dev/${device% *}" c 1 "${device#* }"
  done
  mknod -m 666 "$dev/tty" c 5 0
  ln -s pts/ptmx "$dev/ptmx"; ln -s /proc/self/fd "$dev/fd"
  ln -s fd/0 "$dev/stdin"; ln -s fd/1 "$dev/stdout"; ln -s fd/2 "$dev/stderr"
}

# /run/lab is what lies between the nodes: the state of the stand-ins, and their code.
make_run() {
  local run=$root/run
  mount -t tmpfs -o mode=755 run "$run"
  mkdir -p "$run"/{drbd,lab}; mkdir -m 1777 "$run"/{lock,resource-agents}
  mount --rbind "$lab/shared" "$run/lab"; mount --bind "$parts" "$run/lab/parts"
}

# The places where agents look for the kernel's abilities, as stand-ins/README.md explains.
make_kernel() {
  local name program agent=/usr/lib/ocf/resource.d/linbit/drbd
  mount --bind "$parts/stand-ins" "$root/usr/local/sbin"
  for name in drbdsetup drbdmeta modprobe modinfo xl; do
    for program in /usr/sbin/$name /usr/bin/$name; do
      [ ! -f "$program" ] || mount --bind "$parts/stand-ins/$name" "$root$program"
    done
  done
  # The agent asks for /proc/drbd; nobody can create a file there, so this one line looks elsewhere.
  touch "$root/run/drbd/module"
  sed 's#test -f /proc/drbd#test -f /run/drbd/module#' "$agent" > "$root/run/drbd/agent"
  chmod 755 "$root/run/drbd/agent"; mount --bind "$root/run/drbd/agent" "$root$agent"
  { cat /proc/filesystems; printf 'nodev\tocfs2\n'; } > "$root/run/filesystems"
  mount --bind "$root/run/filesystems" "$root/proc/filesystems"
  # Pacemaker reboots a node that was fenced by writing here: it would be this whole machine.
  [ ! -e /proc/sysrq-trigger ] || mount --bind "$root/dev/null" "$root/proc/sysrq-trigger"
}

start_daemons() {
  corosync -f < /dev/null > /var/log/corosync.out 2>&1 &
  for _ in {1..200}; do corosync-cfgtool -s > /dev/null 2>&1 && break; sleep 0.05; done
  # What systemd orders before pacemaker.service.
  [ ! -x /etc/before-pacemaker ] || /etc/before-pacemaker < /dev/null > /var/log/before-pacemaker.out 2>&1 || :
  pacemakerd < /dev/null > /var/log/pacemakerd.out 2>&1 &
}

read -r pid _ < /proc/self/stat # our pid as the machine sees it: /proc is still its own
echo "$pid $(started "$pid")" > "$disk/init"
hostname "$node"
exec {inside}> "$disk/inside" # it can't be reached by its name from there
make_root
echo yes >&"$inside"; exec {inside}>&-
ip link set lo up
until ip -o address show dev eth0 2> /dev/null | grep -q inet; do sleep 0.02; done
start_daemons
while :; do sleep 3600 & wait $! || :; done # stays as init; bash reaps the orphans
