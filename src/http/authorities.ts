import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';

/**
 * The authorities in the file that `NODE_EXTRA_CA_CERTS` names, as PEM; null where it cannot be read, or has none in it. It is
 * read here, because the packaged app takes from Node what would read it:
 * https://www.electronjs.org/docs/latest/tutorial/fuses#nodeoptions
 */
export function namedAuthorities(file: string | undefined): readonly string[] | null {
  if (!file) return [];
  try {
    return readFileSync(file, 'latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  } catch {
    return null;
  }
}

/** Those who sign what is trusted: Node's own authorities, the system's, and these. */
export const allAuthorities = (named: readonly string[]): readonly string[] => [
  ...new Set([...getCACertificates('bundled'), ...getCACertificates('system'), ...named]),
];
