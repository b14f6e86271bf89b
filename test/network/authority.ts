import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An authority of a company's own, and a certificate that it has signed; PEM. */
export interface Authority {
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** Makes an authority for the occasion, which vouches for a server by these names. */
export function makeAuthority(names: readonly string[]): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-authority-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  try {
    openssl('req', '-x509', ...newKey, '-subj', '/CN=Company', '-keyout', file('ca.key'), '-out', file('ca.pem'));
    const request = ['-subj', '/CN=server', '-keyout', file('server.key'), '-out', file('server.csr')];
    openssl('req', ...newKey.slice(0, -2), ...request);
    writeFileSync(file('ext'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
    const signed = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('ext')];
    openssl('x509', '-req', '-in', file('server.csr'), ...signed, '-days', '2', '-out', file('server.pem'));
    const read = (name: string) => readFileSync(file(name), 'utf8');
    return { ca: read('ca.pem'), key: read('server.key'), cert: read('server.pem') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
