# shellcheck shell=bash
# What is written about a program: manual pages, completions, units, the version. Sourced by deploy/package.

write_papers() { # PROGRAM DIRECTORY: what is generated, below manuals/ and completions/
  local page
  mkdir -p "$2"/{manuals,completions}
  for page in coxswain.8 coxswain.yaml.5; do
    "$parts/manual" "$1" deploy/schemas/coxswain.schema.json "$parts/$page.in" > "$2/manuals/$page"
  done
  "$1" --generate-completion-script bash | sed '1{/^#!/d}' > "$2/completions/coxswain" # it is sourced
  "$1" --generate-completion-script zsh > "$2/completions/_coxswain"
  "$1" --generate-completion-script fish > "$2/completions/coxswain.fish"
}

check_papers() { # PROGRAM
  local papers=$work/papers
  program=$(readlink -f "$1")
  write_papers "$program" "$papers"
  check_version
  check_manual "$papers/manuals"
  check_completions "$papers/completions"
  check_units
}

check_version() { # it stands in Sources/coxswain/Version.swift alone; the changelog says what is new in it
  local said logged
  said=$("$program" --version)
  logged=$(sed -n '1s/^coxswain (\(.*\)) .*/\1/p' "$parts/debian/changelog")
  [ "$said" = "$logged" ] || fail "the program says that it is $said, deploy/package.d/debian/changelog begins with ${logged:-no version}"
}

check_manual() { # DIRECTORY
  local page complaints keys key
  for page in "$1"/*; do
    complaints=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 > /dev/null)
    [ -z "$complaints" ] || fail "${page##*/}: $complaints"
    ! grep -n '@[A-Za-z]*@\|^@' "$page" || fail "${page##*/}: something is not filled in"
  done
  keys=$(node_keys)
  [ -n "$keys" ] || fail "the program does not name the keys of its configuration"
  for key in $keys; do
    grep -qxF ".B ${key//-/\\-}" "$1/coxswain.yaml.5" || fail "coxswain.yaml(5) does not explain the node's key \"$key\""
  done
}

node_keys() { # the program names them all when it is given another one
  echo 'no-such-key: 1' > "$work/node.yaml"
  { "$program" history --repo . --config "$work/node.yaml" --state-dir "$work/state" 2>&1 || :; } |
    sed -n 's/^ *expected: //p' | tr -d ','
}

check_completions() { # DIRECTORY: in every shell that is here, "coxswain pl" can only become "coxswain plan"
  local said
  said=$(complete_in_bash "$1") || fail "bash does not read its completions: $said"
  [ "$said" = plan ] || fail "bash completes \"coxswain pl\" as: ${said:-nothing}"
  if command -v fish > /dev/null; then
    said=$(timeout 60 fish --no-config -c 'source $argv[1]/coxswain.fish; complete -C "coxswain pl"' "$1" 2>&1)
    [ "${said%%$'\t'*}" = plan ] || fail "fish completes \"coxswain pl\" as: ${said:-nothing}"
  fi
  if command -v zsh > /dev/null; then # completes on a terminal only: whether it is read, and for what
    zsh -f -n "$1/_coxswain" || fail "zsh does not read its completions"
    said=$(timeout 60 zsh -f -c 'fpath=($1 $fpath); autoload -Uz compinit; compinit -u -D; print -r -- $_comps[coxswain]' zsh "$1" 2>&1)
    [ "$said" = _coxswain ] || fail "zsh finds no completions: $said"
  fi
}
complete_in_bash() { # DIRECTORY
  # shellcheck disable=SC2016 # the other bash expands it
  timeout 60 bash --norc -c '. "$1/coxswain"; COMP_WORDS=(coxswain pl) COMP_CWORD=1 COMP_LINE="coxswain pl" COMP_POINT=11
    "$(complete -p coxswain | sed "s/.*-F \([^ ]*\).*/\1/")" coxswain pl coxswain; echo "${COMPREPLY[@]}"' bash "$1" 2>&1
}

# systemd-analyze(1): verify also looks for the programs. security's exposure, times ten, may not be above the threshold: what is
# taken out of a sandbox has to be weighed anew.
check_units() {
  local unit complaints
  local -A exposure=([coxswain.service]=33 [coxswain-prepare.service]=26)
  mkdir -p "$work/units"
  cp "$parts/debian/coxswain.service" "$work/units"
  cp "$parts/debian/coxswain.coxswain-prepare.service" "$work/units/coxswain-prepare.service"
  sed -i "s#/usr/bin/coxswain#$program#" "$work/units"/*
  for unit in "$work/units"/*; do
    complaints=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$unit" 2>&1 | grep -F "${unit##*/}" || :)
    [ -z "$complaints" ] || fail "$complaints"
    systemd-analyze security --offline=true --threshold="${exposure[${unit##*/}]}" --no-pager "$unit" > "$work/exposure" 2>&1 ||
      fail "${unit##*/} is more exposed than it was: $(grep Overall "$work/exposure")"
  done
}
