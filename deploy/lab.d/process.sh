# shellcheck shell=bash
# A process is named by "PID START": the kernel gives a pid to a later process again, but never with the same start time.

started() { # PID -> its start time, the 22nd field of /proc/PID/stat; fails where there is no such process
  local line fields
  { read -r line < "/proc/$1/stat"; } 2> /dev/null || return 1
  read -ra fields <<< "${line##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

living() { # FILE -> the pid that "PID START" in it names, if that process lives
  local pid start
  { read -r pid start < "$1"; } 2> /dev/null || return 1
  [ "$(started "$pid")" = "$start" ] && echo "$pid"
}
