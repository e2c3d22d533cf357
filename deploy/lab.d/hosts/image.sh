#!/bin/bash
# image.sh - prints the directory of the hosts' image, which it makes where there is none yet: root.raw (ext4), xen, vmlinux,
# initrd. Made of Debian packages from this machine's own apt sources, and of the files in inside/. Run by deploy/lab hosts.
#
# Two caches, each named by a digest of what goes into it: the packages as a tar (a minute, and the network), and the
# image (some seconds). Newer versions of the packages are fetched only once the cache is removed.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
parts=$(dirname "$(readlink -f "$0")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/coxswain-lab

packages=(
  linux-image-amd64 xen-hypervisor-4.17-amd64 xen-utils-4.17 xen-utils-common xenstore-utils # hypervisor and kernel
  lvm2 drbd-utils ocfs2-tools e2fsprogs # storage
  corosync pacemaker pacemaker-cli-utils resource-agents crmsh # the cluster
  git libgit2-1.5 libxml2 ca-certificates # what coxswain needs
  openssh-server openssh-client iproute2 iputils-ping bridge-utils netbase # network
  busybox-static kmod udev procps psmisc bsdextrautils # all hosts
)

say() { echo "lab: $*" >&2; }
die() { say "$@"; exit 1; }
digest() { sha256sum | cut -c 1-16; }

sources() { # this machine's apt sources for Debian itself
  local file
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    [ ! -s "$file" ] || { echo "$file"; return; }
  done
  die "no apt sources for Debian here: neither /etc/apt/sources.list.d/debian.sources nor /etc/apt/sources.list"
}

# Puts what a command makes in a new directory in place, whole or not at all.
make() { # DIRECTORY COMMAND…
  local directory=$1 scratch; shift
  [ ! -d "$directory" ] || return 0
  scratch=$(mktemp -d "$cache/making.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  "$@" "$scratch"
  chmod 755 "$scratch"; mv "$scratch" "$directory"
  trap - EXIT
}

# ------------------------------------------------------------------ the packages
unpack_packages() { # DIRECTORY -> root.tar in it
  local list; list=$(IFS=,; echo "${packages[*]}")
  local options=('APT::Install-Recommends "false"') option arguments=()
  while read -r option; do options+=("${option%;}"); done < <(apt-config dump | grep -iE '^Acquire::.*proxy')
  for option in "${options[@]}"; do arguments+=(--aptopt="$option"); done
  for option in man doc locale; do arguments+=(--dpkgopt="path-exclude=/usr/share/$option/*"); done
  say "fetching the hosts' packages (about a minute)"
  cp "$apt" "$1/${apt##*/}"
  INITRD=No mmdebstrap --quiet --variant=minbase --mode=root --include="$list" "${arguments[@]}" \
    bookworm "$1/root.tar" "$1/${apt##*/}" >&2
}

# ------------------------------------------------------------------ the image
# An initramfs of busybox, one script and the kernel modules that it loads.
initramfs() { # ROOT SCRIPT MODULE… -> cpio archive
  local root=$1 script=$2 tree kernel=${1}/lib/modules module file names=(); shift 2
  tree=$(mktemp -d); kernel=$(ls "$kernel")
  mkdir -p "$tree"/{bin,sbin,dev,proc,sys,root,modules}
  cp "$root/bin/busybox" "$tree/bin/"; ln -s busybox "$tree/bin/sh"
  for module; do
    while read -r _ file _; do
      cp -n "$file" "$tree/modules/"; [[ " ${names[*]} " == *" ${file##*/} "* ]] || names+=("${file##*/}")
    done < <(modprobe --dirname "$root" --set-version "$kernel" --show-depends "$module" | grep ^insmod)
  done
  sed "s/@MODULES@/${names[*]}/" "$parts/inside/$script" > "$tree/init"; chmod 755 "$tree/init"
  # What "xl shutdown" makes the guest's kernel call.
  printf '#!/bin/busybox sh\nexec /bin/busybox poweroff -f\n' > "$tree/sbin/poweroff"; chmod 755 "$tree/sbin/poweroff"
  (cd "$tree" && find . | cpio --create --format newc --quiet)
  rm -rf "$tree"
}

# The kernel as an ELF file: emulated processors need seconds to decompress it.
uncompressed() { # VMLINUZ
  local offset
  offset=$(LC_ALL=C grep -obUaP -m 1 '\xfd7zXZ\x00' "$1" | head -n 1 | cut -d : -f 1)
  tail -c "+$((offset + 1))" "$1" | xz --decompress --stdout --single-stream 2> /dev/null || : # other data follows the stream
}

trim() { # ROOT: what no host of a lab has
  local modules; modules=$(echo "$1"/lib/modules/*)
  rm -rf "$modules"/kernel/drivers/{gpu,media,infiniband,iio,staging,hwmon,isdn,usb,input,platform,mtd,leds,bluetooth} \
    "$modules"/kernel/sound "$modules"/kernel/drivers/net/{wireless,ethernet} "$modules"/kernel/net/{bluetooth,wireless,mac80211}
  rm -rf "$1"/boot/{initrd*,System.map*} "$1/var/lib/apt/lists" "$1/etc/resolv.conf"
  depmod --basedir "$1" "${modules##*/}"
}

furnish() { # ROOT: the files of inside/
  install -D -m 755 -t "$1/lab" "$parts"/inside/{boot,cluster}
  cp "$parts/inside/inittab" "$1/etc/inittab"
  mkdir -p "$1"/etc/{coxswain,ocfs2} "$1/cluster" "$1/var/lib/coxswain"
  printf '%s\n' 'UsePAM no' 'UseDNS no' 'MaxSessions 100' 'PermitRootLogin prohibit-password' \
    "SetEnv PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" > "$1/etc/ssh/sshd_config.d/lab.conf"
}

assemble() { # DIRECTORY
  local root=$1/root
  say "making the hosts' image"
  mkdir "$root"; tar -C "$root" -xf "$tar/root.tar"
  uncompressed "$root"/boot/vmlinuz-* > "$1/vmlinux"
  [ -s "$1/vmlinux" ] || die "no compressed kernel was found in $(echo "$root"/boot/vmlinuz-*)"
  zcat "$root/boot/xen-4.17-amd64.gz" > "$1/xen"
  trim "$root"; furnish "$root"
  initramfs "$root" initrd virtio_pci virtio_blk virtio_net ext4 crc32c_generic virtio_console > "$1/initrd"
  initramfs "$root" guest xen-blkfront | gzip -1 > "$root/lab/guest.gz"
  cp "$1/vmlinux" "$root/lab/vmlinux"
  truncate -s 1600M "$1/root.raw"
  mke2fs -q -t ext4 -J size=8 -m 0 -d "$root" "$1/root.raw"
  rm -rf "$root"
}

# ------------------------------------------------------------------
apt=$(sources)
mkdir -p "$cache"
exec {lock}> "$cache/lock"; flock "$lock"
tar=$cache/packages-$({ cat "$apt"; echo "${packages[*]}"; } | digest)
image=$cache/image-$({ echo "$tar"; cat "$0" "$parts"/inside/*; } | digest)
make "$tar" unpack_packages
make "$image" assemble
for old in "$cache"/{packages,image}-*; do [ "$old" = "$tar" ] || [ "$old" = "$image" ] || rm -rf "$old"; done
echo "$image"
