#!/bin/sh
# postrm of the deb and %postun of the rpm: takes away what after-install.sh put there.
#
# People's data is not touched here, not even by `apt purge`: the app that knows its keychain entries is gone by now, and
# what is below people's homes is not a package's to delete (Debian policy 10.7.3 speaks of /etc only). Purging a package
# that is still installed removes it first, and before-remove.sh then asks about the data.
set -e
root="${DPKG_ROOT:-}"

# deb: remove, purge, or upgrade and others, at which nothing goes; rpm: how many versions are left after this.
case "${1:-}" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

rm -f "$root/usr/bin/mooring"

if [ -e "$root/etc/apparmor.d/mooring" ]; then
  if [ -z "$root" ] && command -v apparmor_parser >/dev/null && [ -d /sys/kernel/security/apparmor ]; then
    apparmor_parser --remove /etc/apparmor.d/mooring || true
  fi
  rm -f "$root/etc/apparmor.d/mooring"
fi

if [ "$1" = purge ] && [ -e /usr/share/debconf/confmodule ]; then
  . /usr/share/debconf/confmodule
  db_purge
fi
