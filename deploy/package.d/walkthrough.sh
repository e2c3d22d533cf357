# shellcheck shell=bash
# deploy/installation.md, tried to the letter: each of its blocks as it stands, on machines with a bare Debian. Sourced by deploy/package.

guide=deploy/installation.md
blocks=$work/blocks     # N: what is typed, or said; N.label: the line over it; N.line: where it begins
machines=$work/machines # their roots
cable=coxswain-$$       # a network namespace, and the first part of the machines' ones
declare -A addresses=([alpha]=192.0.2.11 [bravo]=192.0.2.12 [git]=192.0.2.10 [desk]=192.0.2.20)
declare -A booted=() # systemd-nspawn's process

walk() { # PACKAGE
  # shellcheck disable=SC2034 # await asks for it
  local evidence=what_machines_say
  [ "$(id -u)" = 0 ] || fail "--walk needs root (namespaces): run it with sudo"
  shared=$work/walk
  read_guide
  trap 'switch_off; rm -rf "$work"' EXIT
  make_machines "$1"
  lay_cables
  boot_machines
  follow_guide
  check_outcome
  say "$guide holds: $count blocks, $((SECONDS / 60)) minutes"
  switch_off
  trap 'rm -rf "$work"' EXIT
}

# ------------------------------------------------------------------ the guide
read_guide() { # what is indented is a block
  local line number=0 label='' inside=''
  mkdir "$blocks"
  count=0
  while IFS= read -r line; do
    number=$((number + 1))
    case $line in
      "    "*)
        if [ -z "$inside" ]; then
          inside=yes count=$((count + 1))
          echo "$label" > "$blocks/$count.label"
          echo "$number" > "$blocks/$count.line"
        fi
        printf '%s\n' "${line#    }" >> "$blocks/$count"
        ;;
      "") [ -z "$inside" ] || echo >> "$blocks/$count" ;; # one inside a block, or after it
      *) inside='' label=$line ;;
    esac
  done < "$guide"
}

follow_guide() {
  local block label
  for ((block = 1; block <= count; block++)); do
    label=$(< "$blocks/$block.label")
    case $label in
      "On both hosts:") type_in "$block" alpha root; type_in "$block" bravo root ;;
      "On alpha:") type_in "$block" alpha root ;;
      "On bravo:") type_in "$block" bravo root ;;
      "On the git server:") type_in "$block" git root ;;
      "At the desk:") type_in "$block" desk ops ;;
      "At the desk, as root:") type_in "$block" desk root ;;
      *", with hardware of your own:" | "It says:" | "It says, and ends with "*) ;;
      *) fail "$guide:$(< "$blocks/$block.line"): nothing says where this block is typed: $label" ;;
    esac
  done
}

type_in() { # BLOCK MACHINE USER: until it says what stands under it, for who looks may have to look again
  local block=$1 machine=$2 user=$3 next=$(($1 + 1)) expected=0 began=$SECONDS status
  local place label='' heard=$work/heard
  place="$guide:$(< "$blocks/$block.line") on $machine"
  say "$place: $(head -n 1 "$blocks/$block")"
  [ ! -e "$blocks/$next" ] || label=$(< "$blocks/$next.label")
  case $label in
    "It says, and ends with "*) expected=${label#It says, and ends with }; expected=${expected%%[!0-9]*} ;;
    "It says:") ;;
    *) next= ;;
  esac
  while :; do
    status=0
    as "$user" "$machine" "$(< "$blocks/$block")" > "$heard" 2>&1 || status=$?
    { echo "== $place"; cat "$heard"; } >> "$heard.all"
    if [ $status = "$expected" ] && { [ -z "$next" ] || said "$blocks/$next" "$heard"; }; then break; fi
    if [ -n "$next" ] && ((SECONDS - began < 120)); then sleep 2; continue; fi
    fail "$place: it ended with $status" "
$(cat "$blocks/$block")
--- it said
$(cat "$heard")${next:+
--- it should have ended with $expected, and said
$(cat "$blocks/$next")}
$(what_machines_say)"
  done
  [ ! -e "$machines/$machine/usr/lib/ocf/resource.d/linbit/drbd" ] || stand_in "$machines/$machine" # drbd-utils has been installed
}

said() { # WANTED OUTPUT: its lines are there in their order, whatever the time and the commits' names
  local wanted line
  while IFS= read -r wanted; do
    while :; do
      IFS= read -r -u 8 line || return 1
      [ "$line" != "$wanted" ] || break
    done
  done < <(plain "$1") 8< <(plain "$2")
}
plain() { # FILE
  sed -E 's/\b[0-9a-f]{7,40}\b/COMMIT/g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z?/TIME/g; s/\b[0-9]{2}:[0-9]{2}:[0-9]{2}Z?/TIME/g; s/\b[0-9]+ (s|ms)\b/SECONDS/g
    s/[[:space:]]+/ /g; s/^ //; s/ $//; /^$/d' "$1"
}

# ------------------------------------------------------------------ the machines
make_machines() { # PACKAGE
  local machine name operator=$machines/desk/home/ops
  bare_root "$1"
  for machine in "${!addresses[@]}"; do
    name=$machine; [ "$machine" != git ] || name=git.example.org
    say "$name"
    mkdir -p "$machines/$machine"
    tar -xf "$output/bare.tar" -C "$machines/$machine"
    # As Debian's installer leaves it.
    printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n' "$name" > "$machines/$machine/etc/hosts"
    echo "$name" > "$machines/$machine/etc/hostname"
    within "$machine" ssh-keygen -A > /dev/null
    [ "$machine" = git ] || cp "$1" "$machines/$machine/root"
  done
  # What the guide says is here before.
  within desk sh -c "useradd --create-home --shell /bin/bash ops && runuser -u ops -- sh -c '
    ssh-keygen -q -t ed25519 -N \"\" -f ~/.ssh/id_ed25519 && git config --global user.name Operator && git config --global user.email operator@example.org'"
  for machine in alpha bravo git; do
    install -D -m 600 "$operator/.ssh/id_ed25519.pub" "$machines/$machine/root/.ssh/authorized_keys"
  done
  mkdir -p "$shared"/{drbd,xen/{alpha,bravo},ocfs2,partitioned,fail,parts}
  touch "$shared/module"
}
within() { local root=$machines/$1; shift; inside "$@"; }

# A Debian as its installer leaves it. The packages that the guide asks for lie in apt's cache: so the machines need no network but their own.
bare_root() { # PACKAGE: made anew when the guide or the package asks for others
  local archive=$output/bare.tar include=dbus,git,openssh-server,systemd-sysv block asked sources
  asked=$(for ((block = 1; block <= count; block++)); do
    grep -q hardware "$blocks/$block.label" || sed -n ':whole; /\\$/ { N; s/\\\n *//; b whole }; s/^apt-get install/& --download-only/p' "$blocks/$block"
  done)
  printf '%s\n' "$include" "$asked" "$(dpkg-deb --field "$1" Depends)" > "$work/asked"
  ! cmp --silent "$work/asked" "$archive.for" || return 0
  say "mmdebstrap makes a bare Debian"
  mapfile -t sources < <(grep -lsE '^(deb|URIs:) .*/debian' /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources})
  # shellcheck disable=SC2016 # mmdebstrap's shell expands it
  mmdebstrap --quiet --format=tar --variant=important --include=$include --skip=cleanup/apt \
    --customize-hook="copy-in '$1' /root" --customize-hook="chroot \"\$1\" sh -euc 'apt-get clean; cd; ${asked//$'\n'/; }'" \
    --customize-hook='rm "$1"/root/*.deb "$1"/etc/ssh/ssh_host_*' bookworm "$archive.new" "${sources[@]}" > "$work/bare.log" 2>&1 ||
    fail "mmdebstrap failed: $(tail "$work/bare.log")"
  mv "$archive.new" "$archive"
  mv "$work/asked" "$archive.for"
}

lay_cables() { # 192.0.2.0/24, in namespaces of its own
  local machine
  ip netns add "$cable"
  ip -n "$cable" link add cable type bridge
  ip -n "$cable" link set cable up
  for machine in "${!addresses[@]}"; do
    ip netns add "$cable-$machine"
    ip -n "$cable" link add "$machine" type veth peer name eth0 netns "$cable-$machine"
    ip -n "$cable" link set "$machine" master cable up
    ip -n "$cable-$machine" address add "${addresses[$machine]}/24" dev eth0
    ip -n "$cable-$machine" link set eth0 up
    ip -n "$cable-$machine" link set lo up
  done
}

boot_machines() {
  local machine root process
  for machine in "${!addresses[@]}"; do
    root=$machines/$machine
    container --boot --hostname="$(< "$root/etc/hostname")" --network-namespace-path="/run/netns/$cable-$machine" --capability=all --console=pipe \
      --bind="$shared:/run/lab" < /dev/null > "$work/$machine.log" 2>&1 &
    until process=$(pgrep --parent $! --exact systemd-nspawn); do sleep 0.1; done
    booted[$machine]=$process
  done
  for machine in "${!addresses[@]}"; do
    await 120 "systemd is up on $machine" at "$machine" systemctl is-active multi-user.target
  done
  # Real DRBD's nodes come from the kernel.
  for machine in alpha bravo; do at "$machine" mknod -m 660 /dev/drbd1 b 147 1; done
}

switch_off() {
  local machine
  for machine in "${!booted[@]}"; do power_off "${booted[$machine]}"; done
  booted=()
  wait
  for machine in "${!addresses[@]}"; do ip netns del "$cable-$machine" 2> /dev/null || :; done
  ip netns del "$cable" 2> /dev/null || :
}

at() { # MACHINE CMD…
  local machine=$1; shift
  nsenter --target "$(pgrep --parent "${booted[$machine]}" --exact systemd)" --mount --uts --ipc --net --pid -- "$@"
}
as() { # USER MACHINE SCRIPT
  local home=/root
  [ "$1" = root ] || home=/home/$1
  printf '%s\n' "$3" | at "$2" tee /run/block > /dev/null
  at "$2" env --ignore-environment --chdir="$home" HOME="$home" USER="$1" LOGNAME="$1" LANG=C.UTF-8 SHELL=/bin/bash \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    setpriv --reuid="$1" --regid="$1" --init-groups bash -eu /run/block < /dev/null
}
what_machines_say() {
  local host
  for host in alpha bravo; do
    echo "--- $host"
    at "$host" journalctl --unit='coxswain*' --unit=pacemaker --unit=corosync --no-pager 2>&1 | grep -v 'Current ping state' | tail -n 40 ||
      tail -n 20 "$work/$host.log"
  done
}

# ------------------------------------------------------------------ what came of it
check_outcome() {
  local result subject host
  while IFS='|' read -r result subject; do
    for host in alpha bravo; do
      note "$host" "main^{/^$subject}" | grep -q "^coxswain: $result on $host, " ||
        fail "$host has not noted as $result: $subject" "$(note "$host" "main^{/^$subject}")"
    done
  done << 'END'
converged|The cluster's options
converged|Add the virtual machine xps-101
refused|Start xps-101 after the mail server
converged|Revert "Start xps-101 after the mail server"
converged|Revert "Add the virtual machine xps-101"
END
  [ "$(grep -c 'create xps-101\|DUPLICATE' "$shared/xl.log")" = 1 ] || fail "xps-101 was not started once, on one host: $(< "$shared/xl.log")"
  for host in alpha bravo; do
    [ -z "$(find "$shared/xen/$host" "$machines/$host/etc/drbd.d" "$machines/$host/etc/xen" -name 'xps-101*')" ] || fail "xps-101 is still there on $host"
    units_are_well at "$host"
  done
  [ ! -e "$shared/drbd/xps-101" ] || fail "DRBD still has xps-101"
}
note() { # HOST REVISION
  local server=$machines/git/home/git/tutorial.git
  git --git-dir="$server" notes --ref="coxswain/tutorial/$1" show "$(git --git-dir="$server" rev-parse "$2")"
}
