#!/usr/bin/env bash
# Scripts are checked like code, and what desktops read about the program is valid.
#   scripts_test.sh PROJECT
set -euo pipefail
cd "${1:?usage: scripts_test.sh PROJECT}"

mapfile -t scripts < <(grep -rlE '^#!.*\bbash$' .ci bench packaging scripts tests)
shellcheck -x "${scripts[@]}" packaging/linux/portable/add-to-menu resources/completions/earshot.bash

# A broken script must not pass, or the line above means nothing.
# shellcheck disable=SC2016
if printf '#!/bin/bash\ncd $1\nrm $2/*\n' | shellcheck - >/dev/null; then
  echo "shellcheck did not find a seeded mistake." >&2
  exit 1
fi

for file in resources/*.desktop; do
  [ ! -e "$file" ] || desktop-file-validate "$file"
done
for file in resources/*.metainfo.xml; do
  [ ! -e "$file" ] || python3 -c 'import sys, xml.etree.ElementTree as tree; tree.parse(sys.argv[1])' "$file"
done
