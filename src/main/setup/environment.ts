/**
 * What this process keeps of the environment it was started with; names in capitals, because Windows takes either.
 * Everything else goes: a variable that nobody has looked at may switch a check off or a log on.
 */
const kept = new Set([
  // Where and who it is, in which language and zone.
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TMP', 'TEMP'],
  // The desktop that it, and the browser it opens, belong to.
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'DESKTOP_SESSION', 'BROWSER'],
  ...['GTK_THEME', 'GTK_IM_MODULE', 'QT_IM_MODULE', 'XMODIFIERS', 'GDK_BACKEND', 'GDK_SCALE', 'GDK_DPI_SCALE'],
  ...['XCURSOR_THEME', 'XCURSOR_SIZE', 'KDE_FULL_SESSION', 'KDE_SESSION_VERSION', 'GNOME_DESKTOP_SESSION_ID'],
  ...['ORIGINAL_XDG_CURRENT_DESKTOP', 'CHROME_DESKTOP', 'APPIMAGE', 'APPDIR'],
  ...['SECURITYSESSIONID', '__CF_USER_TEXT_ENCODING', '__CFBUNDLEIDENTIFIER'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA'],
  ...['ALLUSERSPROFILE', 'PUBLIC', 'USERPROFILE', 'USERNAME', 'USERDOMAIN', 'HOMEDRIVE', 'HOMEPATH', 'COMPUTERNAME'],
  ...['SESSIONNAME', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE', 'OS', 'PROGRAMFILES', 'PROGRAMFILES(X86)'],
  ...['PROGRAMW6432', 'COMMONPROGRAMFILES', 'COMMONPROGRAMFILES(X86)', 'COMMONPROGRAMW6432'],
  // The way to the network: a proxy, and the certificates of a company's own.
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'],
  // What the configuration is read from.
  ...['MOORING_HOME', 'MOORING_CLIENT_FILE', 'MOORING_CLIENT_ID', 'MOORING_CLIENT_SECRET', 'MOORING_BROWSER'],
  ...['MOORING_GOOGLE_ISSUER', 'MOORING_GOOGLE_API_ROOT', 'MOORING_SYNC_SECONDS'],
  ...['MOORING_GOOGLE_CONTROL', 'MOORING_GOOGLE_CONTROL_KEY'],
]);

/** Names that begin so are kept as well: locales, and the folders and desktop of freedesktop.org. */
const keptBeginnings = ['LC_', 'XDG_'];

/**
 * What Node and OpenSSL have obeyed before the first line of ours runs, so that taking it away is too late:
 * `NODE_DEBUG` prints headers and bodies, `NODE_OPTIONS` can write TLS keys and the whole memory to files,
 * `OPENSSL_CONF` loads code. https://nodejs.org/api/cli.html#environment-variables
 */
const obeyedAtStart = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'NODE_OPTIONS', 'OPENSSL_CONF'];

/**
 * Takes out of an environment all that is not on the list, in place. Answers the names among it that were obeyed at the
 * start of the process: only a start without them is free of what they do.
 */
export function keepAllowed(environment: Record<string, string | undefined>): string[] {
  const obeyed = obeyedAtStart.filter((name) => (environment[name] ?? '') !== '');
  for (const name of Object.keys(environment)) {
    const capitals = name.toUpperCase();
    const allowed = kept.has(capitals) || keptBeginnings.some((beginning) => capitals.startsWith(beginning));
    if (!allowed) delete environment[name];
  }
  return obeyed;
}
