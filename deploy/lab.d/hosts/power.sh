# shellcheck shell=bash
# A host's power: QEMU with its two disks and two network cards.
# Run as: power.sh LAB_DIR PARTS NODE INDEX MEMORY, in the lab's namespaces. Killing it is a power cut.
set -euo pipefail
lab=$1 parts=$2 node=$3 index=$4 memory=$5
# shellcheck source=/dev/null
. "$parts/process.sh"
disk=$lab/$node

# A PVH guest in a host needs a processor that can virtualise: QEMU's emulated ones can. A real one can where KVM is nested.
processor=(-accel tcg,thread=multi -cpu max,smap=off,xsave=off) # dom0 dies with SMAP, and XSAVE is slow
if [ -w /dev/kvm ] && grep -qs '^[1Y]' /sys/module/kvm_{amd,intel}/parameters/nested; then processor=(-accel kvm -cpu host); fi

card() { # NUMBER PORT
  echo "-netdev tap,id=$2,ifname=$2,script=no,downscript=no -device virtio-net-pci,netdev=$2,mac=52:54:00:00:0$1:0$index,romfile="
}
disk() { # NUMBER FILE: raw, and in this machine's memory: what QEMU has written is kept when QEMU is killed
  echo "-drive file=$2,if=none,id=disk$1,format=raw,cache=unsafe -device virtio-blk-pci,drive=disk$1"
}

xen="dom0_mem=640M dom0_max_vcpus=1 com1=115200,8n1 console=com1 loglvl=warning guest_loglvl=warning noreboot spec-ctrl=no xpti=no"
linux="console=hvc0 root=/dev/vda quiet loglevel=4 mitigations=off nokaslr audit=0 random.trust_cpu=on panic=5"

read -r pid _ < /proc/self/stat # our pid as the machine sees it, and QEMU's after exec
echo "$pid $(started "$pid")" > "$disk/init"
# shellcheck disable=SC2046 # words, on purpose; no path in them holds a blank
exec qemu-system-x86_64 -name "$node" "${processor[@]}" -smp 1 -m "$memory" -machine pc -nodefaults -no-reboot \
  -display none -rtc base=utc -device virtio-rng-pci -chardev "file,id=serial,path=$disk/console,append=on" -serial chardev:serial \
  $(disk 0 "$disk/root.raw") $(disk 1 "$disk/data.raw") \
  $(card 0 "port$index") $(card 1 "control$index") \
  -kernel "$lab/xen" -append "$xen" -initrd "$lab/vmlinux $linux lab.node=$node lab.index=$index,$lab/initrd"
