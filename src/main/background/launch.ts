/** What a start of the program asks for, on its command line. */
export type LaunchRequest =
  | { readonly kind: 'open' }
  /** By the system, at login: no window. */
  | { readonly kind: 'hidden' }
  /** By an uninstaller: remove everything that is kept on this computer. */
  | { readonly kind: 'purge' };

/**
 * Reads a command line. It may come from any program of the same person, also by way of a second start, so it is
 * compared with two exact words, and nothing else in it
 * means anything; behind `--` not even those.
 */
export function launchRequest(argv: readonly string[]): LaunchRequest {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  if (words.includes('--purge')) return { kind: 'purge' };
  if (words.includes('--hidden')) return { kind: 'hidden' };
  return { kind: 'open' };
}
