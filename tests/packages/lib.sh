# shellcheck shell=bash
# shellcheck disable=SC2034  # port and first_message are for the scripts that source this file
# What the checks inside a clean root share: no Python and no display, only bash and coreutils.
# Sourced, never run. Works in the current folder.

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}
passed() { printf '  ok: %s\n' "$*"; }

# wait_for FILE PATTERN: the first line of a growing file that has the pattern, within 30 seconds.
wait_for() {
  local try
  for ((try = 0; try < 600; try++)); do
    grep -m 1 -e "$2" "$1" 2>/dev/null && return 0
    sleep 0.05
  done
  cat "$1" >&2
  fail "nothing like $2 came"
}

processes=()
end_processes() {
  [ ${#processes[@]} -eq 0 ] || kill "${processes[@]}" 2>/dev/null || true
  processes=()
}
trap end_processes EXIT

port='' first_message=''

# start_host PROGRAM ARGUMENTS…: sets $port.
start_host() {
  "$1" host --headless --json --open --name 'Kitchen table' -p 0 --data-dir "$PWD/host" "${@:2}" >host.out 2>host.err </dev/null &
  processes+=($!)
  host_process=$!
  port=$(wait_for host.out '"event":"listening"' | sed -nE 's/.*"port":([0-9]+).*/\1/p')
}
stop_host() {
  kill "$host_process"
  wait "$host_process" || fail "the host ended with $?"
  processes=()
}

# talk PROGRAM ADDRESS ARGUMENTS…: Anna listens, Ben says one line, Anna gets it.
talk() {
  local program=$1 address=$2
  shift 2
  mkfifo anna.in
  "$program" join "$address" --console --json --as Anna --data-dir "$PWD/anna" <anna.in >anna.out 2>anna.err &
  local anna=$!
  processes+=("$anna")
  exec 9>anna.in
  wait_for anna.out '"event":"joined"' >/dev/null
  echo '{"say":"Hello Anna"}' | "$program" join "$address" --console --json --as Ben "$@" >ben.out
  wait_for anna.out '"text":"Hello Anna"' >/dev/null
  first_message=$(date +%s%N)
  echo '{"quit":true}' >&9
  exec 9>&-
  wait "$anna" || fail "Anna's earshot ended with $?"
}

# window PROGRAM ARGUMENTS…: opens a window that joins the room of start_host.
window() {
  local try
  "$1" "${@:2}" --data-dir "$PWD/window" >window.log 2>&1 &
  local process=$!
  processes+=("$process")
  # Windows are seen from outside, where the display is.
  for ((try = 0; try < 600; try++)); do
    ! grep -q 'Kitchen table – Earshot.*"earshot"' /check/windows 2>/dev/null || break
    sleep 0.05
  done
  [ "$try" -lt 600 ] || fail "no window with the room appeared: $(cat window.log /check/windows)"
  kill "$process"
  wait "$process" || fail "the window ended with $?: $(cat window.log)"
}
