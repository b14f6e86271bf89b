#!/bin/sh
# postinst of the deb and %post of the rpm. Every path is below DPKG_ROOT, which is empty unless dpkg installs into another
# root without entering it (dpkg(1), --force-script-chrootless).
set -e
root="${DPKG_ROOT:-}"
app="$root/opt/Mooring"

# deb: configure, or an abort-… that has to bring the same about; rpm: how many versions are installed after this.
case "${1:-}" in
  configure | abort-* | 1 | 2) ;;
  *) exit 0 ;;
esac

mkdir -p "$root/usr/bin"
ln -sf /opt/Mooring/mooring "$root/usr/bin/mooring"

# AppArmor 4 knows the rule `userns`; an older one would refuse the profile, and does not need it.
if [ -e "$root/etc/apparmor.d/abi/4.0" ]; then
  cp "$app/resources/apparmor-profile" "$root/etc/apparmor.d/mooring"
  chmod 0644 "$root/etc/apparmor.d/mooring"
  if [ -z "$root" ] && command -v apparmor_parser >/dev/null && [ -d /sys/kernel/security/apparmor ]; then
    apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/mooring || true
  fi
fi

# Chromium builds its sandbox of user namespaces. Where everybody is kept from making them, and where this cannot be known,
# the helper has to be root's for the sandbox to stay on.
allows() { [ ! -e "$1" ] || [ "$(cat "$1")" != 0 ]; }
if [ -e "$root/proc/self/ns/user" ] \
  && allows "$root/proc/sys/user/max_user_namespaces" \
  && allows "$root/proc/sys/kernel/unprivileged_userns_clone"; then
  chmod 0755 "$app/chrome-sandbox"
else
  chmod 4755 "$app/chrome-sandbox"
fi

if [ -z "$root" ] && command -v update-desktop-database >/dev/null; then
  update-desktop-database -q /usr/share/applications || true
fi
