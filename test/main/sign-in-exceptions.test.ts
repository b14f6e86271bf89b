import { expect, test } from 'vitest';
import { rememberNonces } from '../../src/main/auth/dpop.ts';
import { openGrants } from '../../src/main/auth/grants.ts';
import { idTokenVerifier } from '../../src/main/auth/id-token.ts';
import { rememberProvider } from '../../src/main/auth/provider.ts';
import { startSignIn } from '../../src/main/auth/sign-in.ts';
import { openTokenEndpoint } from '../../src/main/auth/token-endpoint.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { fakeClock } from '../fake-clock.ts';
import { startGoogle } from '../google/index.ts';
import { visit } from './browser.ts';

test('S28 a stranger’s grant is ended also when the sign-in ends by an exception', async () => {
  const clock = fakeClock();
  const google = await startGoogle({ events: 0, now: clock.now });
  const provider = rememberProvider(fetch, google.issuer);
  const registration = { issuer: google.issuer, clientId: google.clientId };
  const client = { id: google.clientId, secret: google.clientSecret };
  const noKeychain = openKeychain({ load: () => Promise.reject(new Error('none')), service: 'none', clock });
  const opened = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<string>();
  const givenBack: string[] = [];
  const signIn = startSignIn(
    {
      clock,
      clientId: google.clientId,
      provider,
      tokenEndpoint: async () => openTokenEndpoint(fetch, await provider(), client, clock.now, rememberNonces()),
      verifyIdToken: async () => idTokenVerifier(fetch, await provider(), google.clientId, clock.now),
      grants: openGrants(noKeychain, () => registration),
      openPage: async () => opened.resolve(),
      onAnswer: () => {
        throw new Error('a mistake of ours');
      },
      giveBack: async (refreshToken) => void givenBack.push(refreshToken),
      nothingGivenBack: async () => {},
      isKnown: () => false,
      book: { expect: () => {}, giveUp: () => {}, adopt: async () => {} },
      onProgress: (progress) => {
        if (progress.kind === 'waiting' && progress.stranger !== null) asked.resolve(progress.stranger);
      },
    },
    { purpose: 'sign-in', expected: null, hint: null, scopes: ['openid', 'email', 'profile'] },
  );
  await opened.promise;
  await visit(signIn.newLink()!, { email: 'grace.hopper@gmail.com', withoutCookies: true });
  expect(await asked.promise).toBe('grace.hopper@gmail.com');
  await visit(signIn.newLink()!, { email: 'ada.lovelace@gmail.com' });
  expect(await signIn.result).toMatchObject({ kind: 'failed', problem: { code: 'unexpected' } });
  expect(givenBack).toEqual([expect.stringMatching(/^1\/\/0/)]);
  await google.close();
});
