#!/usr/bin/env bash
# Runs a command in a desktop session of its own: display, window manager, D-Bus, home folder.
#   gui_session.sh COMMAND…
# X comes before D-Bus on purpose: the other way round synthesized keys get lost.
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  for program in Xvfb dbus-run-session openbox wmctrl xprop import; do
    command -v "$program" >/dev/null || {
      echo "GUI tests need $program; scripts/test installs it." >&2
      exit 1
    }
  done
  session=$(mktemp -d)
  display=
  # shellcheck disable=SC2317  # called by the trap
  finish() {
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
    wait
    rm -rf "$session"
  }
  trap finish EXIT
  mkdir -m 700 "$session/home" "$session/run"
  unset DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS WAYLAND_DISPLAY XAUTHORITY NO_AT_BRIDGE
  unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
  export HOME=$session/home XDG_RUNTIME_DIR=$session/run
  export GDK_BACKEND=x11 GTK_THEME=${GTK_THEME:-Adwaita} LC_ALL=C.UTF-8 TZ=${TZ:-UTC}
  # The two halves of a double click are far apart when every processor is busy.
  mkdir -p "$HOME/.config/gtk-3.0"
  printf '[Settings]\ngtk-double-click-time=2000\n' >"$HOME/.config/gtk-3.0/settings.ini"
  # Settings would otherwise be kept by a service that outlives the session.
  export GSETTINGS_BACKEND=memory GIO_USE_VFS=local

  # X chooses a free number itself and says which: sessions that start together never meet.
  mkfifo "$session/number"
  # Without -noreset it would start over whenever its last program leaves, which may be the one that asks
  # whether the window manager is there, and throw out the window manager that is just coming.
  Xvfb -displayfd 3 -noreset -screen 0 1280x1024x24 -dpi 96 -nolisten tcp 3>"$session/number" 2>"$session/xvfb.log" &
  display=$!
  if ! read -r -t 30 number <"$session/number"; then
    echo "The display did not start:" >&2
    cat "$session/xvfb.log" >&2
    exit 1
  fi
  export DISPLAY=:$number
  dbus-run-session -- bash "${BASH_SOURCE[0]}" --inside "$@"
  exit
fi

shift
openbox &
manager=$!
trap 'kill "$manager" 2>/dev/null || true' EXIT
for ((try = 0; try < 200; try++)); do
  if xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; then
    "$@"
    exit
  fi
  sleep 0.05
done
echo "The window manager did not start within ten seconds." >&2
exit 1
