#!/usr/bin/env bash
# Runs inside a clean Debian that has GTK 3 but no Earshot: uses the portable folder.
#   portable.sh ARCHIVE VERSION
set -euo pipefail
archive=$(realpath "$1") version=$2
# shellcheck source=tests/packages/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(mktemp -d)"
DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends libgtk-3-0 \
  >apt.log 2>&1 || { cat apt.log >&2 && fail "libgtk-3-0 could not be installed"; }
! ldconfig -p | grep -q libwx || fail "this root has wxWidgets, so nothing is shown by running here"

mkdir 'A stick' && tar -xzf "$archive" -C 'A stick'
program=$PWD/'A stick'/earshot-$version/earshot
[ "$("$program" --version)" = "earshot $version" ] || fail "./earshot --version says $("$program" --version)"
passed "runs where only GTK is installed, from a path with a space"

start_host "$program"
talk "$program" "earshot://127.0.0.1:$port/"
"$program" export 'Kitchen table' | grep -q 'Hello Anna' || fail "the export lacks what was said"
window "$program" "earshot:127.0.0.1:$port"
stop_host
data=${program%/*}/earshot-data
[ -f "$data/profile.json" ] || fail "nothing is kept in earshot-data"
for folder in ~/.local/share/earshot ~/.config/earshot; do
  [ ! -e "$folder" ] || fail "something is kept in $folder"
done
passed "host, join by a link, window, message and export, all kept in earshot-data"

mv 'A stick' 'Another stick'
program=$PWD/'Another stick'/earshot-$version/earshot
"$program" export 'Kitchen table' | grep -q 'Hello Anna' || fail "after moving, the conversation is gone"
ldd "$program" | grep libwx | grep -vq 'Another stick' && fail "wxWidgets does not come from the folder"
passed "moves together with what was said"

cd "${program%/*}"
[ "$(find . -name '*.txt' -path './licenses/*' | wc -l)" -ge 15 ] || fail "licences of libraries are missing"
HOME=$PWD/../home XDG_DATA_HOME='' ./add-to-menu
entry=../home/.local/share/applications/io.github.earshot_chat.Earshot.desktop
grep -q "^Exec=\"$PWD/earshot\" %u" "$entry" || fail "the menu entry starts something else: $(cat "$entry")"
HOME=$PWD/../home XDG_DATA_HOME='' ./add-to-menu --remove
[ -z "$(find ../home -type f -o -type l)" ] || fail "left after --remove: $(find ../home -type f)"
passed "goes into the menu and out again"
