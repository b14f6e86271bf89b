import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { systemClock } from '../../src/contract/clock.ts';
import { wayToGoogle } from '../../src/daemon/google/http.ts';
import { fetchPicture } from '../../src/main/accounts/picture.ts';
import { rememberNonces } from '../../src/main/auth/dpop.ts';
import { idTokenVerifier } from '../../src/main/auth/id-token.ts';
import { discover, realGoogle } from '../../src/main/auth/provider.ts';
import { revokeGrant } from '../../src/main/auth/revocation-endpoint.ts';
import { readFailure } from '../../src/main/auth/sign-in-problems.ts';
import { openTokenEndpoint } from '../../src/main/auth/token-endpoint.ts';

// A process of its own, whose memory is looked at: reads one hostile answer, and says what came of it.
const [origin = '', place = '', kind = ''] = process.argv.slice(2);
const url = `${origin}/${place}/${kind}`;
const provider = {
  ...realGoogle,
  issuer: origin,
  tokenEndpoint: url,
  revocationEndpoint: url,
  jwksUri: url,
};

const readers: Readonly<Record<string, () => Promise<unknown>>> = {
  // Discovery asks for a path of its own below the issuer.
  discovery: () => discover(fetch, `${url}?`),
  async keys() {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const token = await new SignJWT({ nonce: 'n' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(origin)
      .setAudience('client')
      .setSubject('1')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
    return idTokenVerifier(fetch, provider, 'client', Date.now)(token, 'n');
  },
  token: () => {
    const client = { id: 'client', secret: 'secret' };
    return openTokenEndpoint(fetch, provider, client, Date.now, rememberNonces()).refresh({
      refreshToken: '1//0x',
      key: null,
    });
  },
  revocation: () => revokeGrant(fetch, provider, '1//0x'),
  picture: () => fetchPicture(fetch, url, origin),
  api: () =>
    wayToGoogle({
      fetch,
      apiRoot: origin,
      access: {
        current: async () => ({ token: 'ya29.x', serial: 1 }),
        replace: async () => ({ token: 'ya29.x', serial: 2 }),
      },
      clock: systemClock,
    }).get(`/${place}/${kind}`, {}, new AbortController().signal),
};

let said: string;
try {
  const got = await readers[place]?.();
  said = got === null ? 'nothing' : 'something';
} catch (error) {
  const observed = error instanceof Error && 'observation' in error ? JSON.stringify(error.observation) : '';
  said = observed || readFailure(error, Date.now()).code;
}
process.stdout.write(JSON.stringify({ said, megabytes: Math.round(process.resourceUsage().maxRSS / 1_000) }));
process.exit(0);
