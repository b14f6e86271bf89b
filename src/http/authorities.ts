import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';

/** The authorities that sign what is trusted, as PEM. */
export interface Authorities {
  readonly all: readonly string[];
  /** Those of the file that the environment names. */
  readonly named: readonly string[];
  /** Whether that file could be read, and had any in it. */
  readonly readable: boolean;
}

/**
 * Node's own authorities, the system's, and those of `NODE_EXTRA_CA_CERTS`. That is read here, because the packaged app takes
 * from Node what would read it: https://www.electronjs.org/docs/latest/tutorial/fuses#nodeoptions
 */
export function readAuthorities(file: string | undefined): Authorities {
  const named = file ? certificatesIn(file) : [];
  const all = [...new Set([...getCACertificates('bundled'), ...getCACertificates('system'), ...named])];
  return { all, named, readable: !file || named.length > 0 };
}

function certificatesIn(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  } catch {
    return [];
  }
}
