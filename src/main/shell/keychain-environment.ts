import { inherit } from './inherit.ts';

/** What the keychain's process may inherit: where the keychain is, and where its prompt can be shown. */
const inherited = [
  ...['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'SECURITYSESSIONID', '__CF_USER_TEXT_ENCODING'],
  ...['SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE', 'TEMP'],
];

/** The whole environment of the keychain's process, out of this process's own. */
export const keychainEnvironment = (own: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  inherit(own, inherited);
