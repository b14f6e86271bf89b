import { X509Certificate } from 'node:crypto';

/** What a server shows in a TLS handshake. */
export interface Shown {
  readonly hostname: string;
  /** PEM: its own certificate, and what is shown with it, each before the one it is signed by. */
  readonly chain: readonly string[];
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12 */
const serverAuth = '1.3.6.1.5.5.7.3.1';

/** Whether a certificate is this server's, in its time, and signed by one of these authorities, directly or by others it signed. */
export function isVouchedFor({ hostname, chain }: Shown, authorities: readonly string[], now: number): boolean {
  try {
    const [own, ...between] = chain.map((pem) => new X509Certificate(pem));
    if (own === undefined || own.checkHost(hostname) === undefined) return false;
    if (own.keyUsage !== undefined && !own.keyUsage.includes(serverAuth)) return false;
    const trusted = authorities.map((pem) => new X509Certificate(pem));
    let signed = own;
    for (;;) {
      if (!isInTime(signed, now)) return false;
      if (trusted.some((authority) => isInTime(authority, now) && hasSigned(authority, signed))) return true;
      const next = between.shift();
      if (next === undefined || !hasSigned(next, signed)) return false;
      signed = next;
    }
  } catch {
    // What cannot be read vouches for nothing.
    return false;
  }
}

const hasSigned = (by: X509Certificate, what: X509Certificate): boolean =>
  by.ca && what.checkIssued(by) && what.verify(by.publicKey);

const isInTime = ({ validFrom, validTo }: X509Certificate, now: number): boolean =>
  Date.parse(validFrom) <= now && now <= Date.parse(validTo);
