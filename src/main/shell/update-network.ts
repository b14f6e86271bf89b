import type { AuthInfo, Certificate, Session } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import type { Way } from '../../contract/way.ts';
import { isVouchedFor } from '../../http/vouched.ts';
import { type ProxyUser, userOf } from '../../http/way.ts';

/** What the updater, which asks by Chromium's network, has to know of the network that everything else knows. */
export interface UpdateNetwork {
  /** The way to the releases that the environment names; null where it names none. */
  readonly proxy: Way | null;
  /** The authorities that the environment names. */
  readonly named: readonly string[];
}

/** Chromium's answers to a certificate: https://www.electronjs.org/docs/latest/api/session#sessetcertificateverifyprocproc */
const accepted = 0;
const asChromiumSays = -3;

/**
 * Of the named authorities, Chromium is told for what they have signed, and for nothing else. What it does not trust for any
 * other reason stays refused.
 */
export function vouchInUpdates(
  session: Pick<Session, 'setCertificateVerifyProc'>,
  { named }: UpdateNetwork,
  clock: Clock,
): void {
  session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, answer) => {
    const unknown = verificationResult === 'net::ERR_CERT_AUTHORITY_INVALID';
    const vouched = unknown && isVouchedFor({ hostname, chain: chainOf(certificate) }, named, clock.now());
    answer(vouched ? accepted : asChromiumSays);
  });
}

/** Takes the proxy that the environment names; that of the system Chromium finds by itself. */
export async function proxyInUpdates(session: Pick<Session, 'setProxy'>, { proxy }: UpdateNetwork): Promise<void> {
  if (proxy === null || proxy.kind === 'direct') return;
  // What cannot be used is not gone round: this leads nowhere.
  const address = proxy.kind === 'proxy' ? new URL(proxy.url) : new URL('http://127.0.0.1:0');
  // What is on this computer Chromium asks without a proxy, whatever is set here.
  await session.setProxy({ mode: 'fixed_servers', proxyRules: `${address.protocol}//${address.host}` });
}

/** The name and the password for the proxy that the environment names; null where another asks, or there are none. */
export function signInToProxy(
  { isProxy, host, port }: Pick<AuthInfo, 'isProxy' | 'host' | 'port'>,
  { proxy }: UpdateNetwork,
): ProxyUser | null {
  if (!isProxy || proxy?.kind !== 'proxy') return null;
  const url = new URL(proxy.url);
  const own = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return url.hostname === host && own === port ? userOf(url) : null;
}

function chainOf(certificate: Certificate): string[] {
  const chain: string[] = [];
  // The last names itself as its issuer, or none.
  for (
    let each: Certificate | undefined = certificate;
    each?.data && !chain.includes(each.data);
    each = each.issuerCert
  ) {
    chain.push(each.data);
  }
  return chain;
}
