# shellcheck shell=bash
# pid 1 of a lab. Run as: keeper.sh LAB_DIR PARTS [OWNER_PID]. All nodes live in its pid namespace, so none can outlive it;
# its network namespace is the switch. When the owner is gone it ends the lab and removes the lab's directory.
set -euo pipefail
lab=$1 parts=$2 owner=${3:-}
# shellcheck source=/dev/null
. "$parts/process.sh"

end() {
  kill -KILL -1 2> /dev/null || : # every process of this pid namespace but this one
  umount --lazy "$lab/shared/ocfs2" 2> /dev/null || :
  rm -rf "$lab"
  exit 0
}
trap end TERM INT HUP

# /proc is still the machine's own here: it shows the owner, which this pid namespace does not.
born=
if [ -n "$owner" ]; then born=$(started "$owner") || end; fi

ip link set lo up
ip link add switch type bridge forward_delay 0
ip link set switch up
mount -t tmpfs -o mode=755 san "$lab/shared/ocfs2" # in this mount namespace: gone with the lab

read -r pid _ < /proc/self/stat
echo "$pid $(started "$pid")" > "$lab/keeper.tmp"
mv "$lab/keeper.tmp" "$lab/keeper"

exec {never}<> <(:)
while :; do
  read -rt 0.5 -u "$never" || :
  if [ -n "$owner" ] && [ "$(started "$owner")" != "$born" ]; then end; fi
done
