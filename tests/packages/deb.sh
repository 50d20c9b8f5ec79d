#!/usr/bin/env bash
# Runs inside a clean Debian: installs the .deb as a person would, uses it, and removes it.
#   deb.sh PACKAGE VERSION
set -euo pipefail
package=$(realpath "$1") version=$2
# shellcheck source=tests/packages/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -qq -o Dpkg::Use-Pty=0 "$@" >apt.log 2>&1 || { cat apt.log >&2 && fail "apt-get $*"; }; }
cd "$(mktemp -d)"

started=$(date +%s%N)
apt install -y --no-install-recommends "$package"
[ "$(earshot --version)" = "earshot $version" ] || fail "earshot --version says $(earshot --version)"
passed "apt installs it with what it needs; it says version $version"

start_host earshot
talk earshot "127.0.0.1:$port"
printf '  %s s from "apt install" to the first message\n' "$(((first_message - started) / 1000000000))"
earshot rooms | grep -q 'Kitchen table' || fail "Ben's conversation is not listed"
earshot export 'Kitchen table' | grep -q 'Hello Anna' || fail "the export lacks what was said"
passed "host, join, message and export"

window earshot "earshot://127.0.0.1:$port/"
passed "a link opens the window and joins"
stop_host

apt install -y --no-install-recommends desktop-file-utils xdg-utils bash-completion
handler=$(xdg-mime query default x-scheme-handler/earshot)
[ "$handler" = io.github.earshot_chat.Earshot.desktop ] || fail "earshot: links are opened by \"$handler\""
passed "earshot: links belong to it"

completed=$(bash -c 'source /usr/share/bash-completion/bash_completion
  _completion_loader earshot
  complete -p earshot >&2
  COMP_WORDS=(earshot export Ki) COMP_CWORD=2
  _earshot && printf "%s\n" "${COMPREPLY[@]}"' 2>complete.log)
[ "$completed" = 'Kitchen\ table' ] || fail "bash completes Ki to \"$completed\": $(cat complete.log)"
passed "bash finds the completions and knows the room"

mapfile -t files < <(dpkg -L earshot)
apt purge -y earshot
for file in "${files[@]}"; do
  # Folders stay when other packages use them, too.
  case $file in *[eE]arshot*) ;; *) [ ! -d "$file" ] || continue ;; esac
  [ ! -e "$file" ] || fail "$file is left after purge"
done
left=$(find /usr /etc /var -iname '*earshot*' ! -path "$PWD/*" 2>/dev/null)
[ -z "$left" ] || fail "left after purge: $left"
[ -d ~/.local/share/earshot ] || fail "the person's conversations are gone after purge"
passed "removed, nothing is left but the person's own conversations"
