/**
 * The file that has a Linux desktop start a program at login:
 * https://specifications.freedesktop.org/autostart-spec/latest/ and, for its form,
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/
 */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Mooring',
    'Comment=Keeps the offline copy of your Google account up to date',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'NoDisplay=true',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * The same for the list of Windows, where Electron writes program and arguments one behind the other as they are: without
 * quotes, a person whose name has a space would have `C:\\Users\\Ada` started.
 * https://github.com/electron/electron/issues/32657
 */
export function windowsStart([program = '', ...args]: readonly string[]): { path: string; args: string[] } {
  // No path can have a quote in it there.
  const whole = (word: string) => `"${word}"`;
  return { path: whole(program), args: args.map(whole) };
}

/**
 * An argument of `Exec`: in double quotes, with `"`, `` ` ``, `$` and `\` escaped, a percent sign doubled, and all of it
 * escaped once more, because the value is a string of the file as well.
 */
function quoted(argument: string): string {
  if (/[\n\r\0]/.test(argument)) throw new Error('A path with a line break cannot be started at login.');
  const escaped = argument.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${escaped.replaceAll('\\', '\\\\')}"`;
}

/**
 * What to start this program by. An AppImage runs from a mount that is gone after it, so there it is the file itself. Its
 * variables alone prove nothing: every program that is started from within an AppImage inherits them, and whoever sets
 * them could have any program started at login. So this program has to run from there, and it has to be a mount of its own.
 * https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function programFile(
  environment: { readonly APPIMAGE?: string | undefined; readonly APPDIR?: string | undefined },
  executable: string,
  mounts: string,
): string {
  const { APPIMAGE: file = '', APPDIR: mount = '' } = environment;
  const runsFromIt = mount.length > 1 && executable.startsWith(`${mount}/`);
  return file.startsWith('/') && runsFromIt && isFuseMount(mounts, mount) ? file : executable;
}

/** Whether a file system of its own is mounted there, as an AppImage's is: https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html */
function isFuseMount(mounts: string, place: string): boolean {
  return mounts.split('\n').some((line) => {
    const [, point = '', type = ''] = line.split(' ');
    // Blanks and the like are written as octal numbers.
    const plain = point.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(parseInt(digits, 8)));
    return plain === place && /^fuse(\.|$)/.test(type);
  });
}
