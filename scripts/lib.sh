# shellcheck shell=bash
# What scripts/run, test, format and tidy share: installing packages, configuring, building.
# Sourced, never run. Sets $root and changes into it.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

# Names that are the same on Debian 12 and Ubuntu 24.04.
# shellcheck disable=SC2034  # read by the scripts that source this file
build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libwxgtk3.2-dev libgtk-3-dev
  libprotobuf-dev protobuf-compiler
  libssl-dev libsodium-dev libsqlite3-dev libsqlitecpp-dev libutf8proc-dev
  libcli11-dev libspdlog-dev nlohmann-json3-dev libmicrohttpd-dev libqrcodegencpp-dev
  libgtest-dev libgmock-dev python3
  fonts-dejavu-core fonts-noto-color-emoji adwaita-icon-theme librsvg2-common
)
# shellcheck disable=SC2034
test_packages=(
  xvfb x11-utils dbus at-spi2-core openbox wmctrl imagemagick procps
  python3-pyatspi gir1.2-atspi-2.0
  fonts-noto-core fonts-noto-cjk zbar-tools
  shellcheck desktop-file-utils python3-yaml unicode-data
)
# shellcheck disable=SC2034
windows_packages=(
  g++-mingw-w64-x86-64-posix mingw-w64-tools wine wine64 nsis zip
  dpkg-dev autoconf automake libtool protobuf-compiler
  librsvg2-bin icoutils xvfb imagemagick
)

# Ubuntu has Chromium as a snap only; without one the test that needs a browser is skipped.
if grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then test_packages+=(chromium); fi

# What one clone has compiled, another one need not compile again.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=true

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# The packages among "$@" that are not installed, one a line.
missing_packages() {
  local installed
  # dpkg-query fails when any name is unknown to it; what it knows is printed all the same.
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null | sed -n 's/^ii *//p' || true)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

# Installs what is missing of "$@". Where that is not possible it says what is needed and returns:
# the same libraries may be there in another way, and CMake will find out.
ensure_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    local program absent=()
    for program in cmake ninja c++ protoc pkg-config wx-config; do
      command -v "$program" >/dev/null || absent+=("$program")
    done
    if [ ${#absent[@]} -gt 0 ]; then
      say "This system has no apt, so nothing can be installed for you, and these programs are missing: ${absent[*]}."
      say "Please install what these Debian packages hold: $*"
    fi
    return 0
  fi

  local missing=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "These packages are missing and only an administrator can install them: apt-get install ${missing[*]}"
      return 0
    fi
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update >&2 || say "The list of packages could not be refreshed; trying with the old one."
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2 ||
    die "The packages could not be installed. Please look at apt's message above, then start this again."
}

# build_preset NAME [TARGET]: build/NAME holds an up-to-date build afterwards. Configures only when
# nobody did before; after that Ninja itself notices changes to the CMake files.
build_preset() {
  local preset=$1 target=${2:-all}
  if [ ! -f "build/$preset/build.ninja" ]; then
    local launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_C_COMPILER_LAUNCHER=ccache)
    cmake --preset "$preset" "${launcher[@]}" >&2 ||
      die "Earshot cannot be built here yet. It needs: ${build_packages[*]}"
  fi
  # In one language, since ccache tells them apart.
  env -u LC_ALL LANG=C.UTF-8 cmake --build --preset "$preset" --target "$target" >&2 || die "The build failed; the first error above says where."
}
