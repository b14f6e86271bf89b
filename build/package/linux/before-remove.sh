#!/bin/sh
# prerm of the deb and %preun of the rpm: offers to remove the data and the keychain entries of the person who removes the
# app, while the app is still there to do it. The answer is no unless somebody says yes:
#   deb: debconf asks; preseed it with   mooring mooring/remove-data boolean true
#   rpm, and wherever nobody can be asked: MOORING_PURGE=1
# Other people's data on this computer stays: only they can open their keychains.
set -e

# deb: remove, or upgrade and others, at which nothing goes; rpm: how many versions are left after this.
case "${1:-}" in
  remove | 0) ;;
  *) exit 0 ;;
esac

answer=false
if [ "${MOORING_PURGE:-}" = 1 ]; then
  answer=true
elif [ "$1" = remove ] && [ -e /usr/share/debconf/confmodule ]; then
  # Starts this script once more, below debconf.
  . /usr/share/debconf/confmodule
  db_input high mooring/remove-data || true
  db_go || true
  if db_get mooring/remove-data; then answer="$RET"; fi
  # The next removal asks again.
  db_reset mooring/remove-data || true
  db_fset mooring/remove-data seen false || true
  db_stop
fi
[ "$answer" = true ] || exit 0

keep() {
  echo "mooring: $1" >&2
  echo "mooring: your data stays in ~/.config/Mooring, and the keychain entries are called Mooring." >&2
  exit 0
}

# Removing a package takes root; the data is the person's who became root.
if [ -n "${SUDO_USER:-}" ]; then
  person="$(id -u "$SUDO_USER" 2>/dev/null || true)"
elif [ -n "${PKEXEC_UID:-}" ]; then
  person="$PKEXEC_UID"
else
  person="$(id -u)"
fi
entry="$(getent passwd "$person" || true)"
[ -n "$person" ] && [ -n "$entry" ] || keep "it is not known who removes the app."
[ "$person" != 0 ] || keep "the app is being removed by root itself, not by a person through sudo or pkexec."
name="$(echo "$entry" | cut -d: -f1)"
home="$(echo "$entry" | cut -d: -f6)"

# The keychain is reached over the session bus. No window is opened, so no display is needed:
# Chromium's headless platform is built into Electron. A keychain that waits for a password is not waited for.
set -- env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$home" USER="$name" LOGNAME="$name" LANG="${LANG:-C.UTF-8}" \
  XDG_RUNTIME_DIR="/run/user/$person" DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$person/bus" \
  timeout 60 "${DPKG_ROOT:-}/opt/Mooring/mooring" --purge --ozone-platform=headless --disable-gpu
[ "$(id -u)" = "$person" ] || set -- runuser -u "$name" -- "$@"
"$@" </dev/null >&2 3>&- || keep "not all of the data could be removed."
