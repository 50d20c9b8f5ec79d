# shellcheck shell=bash
# Debian's source packages with Debian's patches, fetched through a private apt configuration: the
# machine's own lists and sources stay as they are. Sourced, never run. Sets $cache.

cache=${EARSHOT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/earshot}/dependencies
mkdir -p "$cache/sources"

# The versions come from the main suite, where every one is kept as long as the release lives.
readonly suite=bookworm

# Of these upstream's own archive is enough: Debian changes nothing in them that Earshot compiles.
readonly only_upstream=' qr-code-generator '

private_apt() {
  local own=$cache/sources/apt
  mkdir -p "$own/lists/partial" "$own/parts"
  local mirror
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
  printf '%s\n' 'Types: deb-src' "URIs: ${mirror:-http://deb.debian.org/debian}" "Suites: $suite" \
    'Components: main' 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >"$own/parts/debian.sources"
  printf '%s\n' "Dir::State::lists \"$own/lists\";" 'Dir::Etc::sourcelist "/dev/null";' \
    "Dir::Etc::sourceparts \"$own/parts\";" 'Dir::Cache::srcpkgcache "";' 'Dir::Cache::pkgcache "";' \
    'APT::Sandbox::User "root";' >"$own/options"
  APT_CONFIG=$own/options "$@"
}

# source_version NAME: the newest version of the suite. Asked of the mirror once a day; without a
# network, what was known last is good enough.
source_version() {
  local name=$1 known=$cache/sources/$1.version version
  if [ ! -f "$known" ] || [ -n "$(find "$known" -mmin +1440)" ]; then
    if [ -z "${lists_are_fresh:-}" ]; then
      private_apt apt-get -qq update >&2 || echo "The list of source packages could not be refreshed." >&2
      lists_are_fresh=yes
    fi
    version=$(private_apt apt-cache showsrc --only-source "$name" 2>/dev/null | sed -n 's/^Version: //p' | sort -V | tail -n 1)
    [ -n "$version" ] && printf '%s\n' "$version" >"$known"
  fi
  [ -f "$known" ] || { echo "Debian's sources do not know $name." >&2 && return 1; }
  cat "$known"
}

# source_folder NAME VERSION: the unpacked source.
source_folder() {
  local name=$1 version=$2 folder=$cache/sources/$1-${2#*:}
  if [ ! -d "$folder" ]; then
    local fetching=$folder.part
    rm -rf "$fetching" && mkdir -p "$fetching"
    if [[ $only_upstream == *" $name "* ]]; then
      (cd "$fetching" && private_apt apt-get -qq --download-only --tar-only source "$name=$version") >&2
      mkdir "$fetching/source"
      tar -xf "$fetching"/*.orig.tar.* -C "$fetching/source" --strip-components=1
    else
      (cd "$fetching" && private_apt apt-get -qq --download-only source "$name=$version") >&2
      (cd "$fetching" && dpkg-source --no-check -x ./*.dsc source) >&2
    fi
    mv "$fetching/source" "$folder" && rm -rf "$fetching"
  fi
  printf '%s\n' "$folder"
}
