import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorizationUrl, newAttempt } from '../../src/main/auth/authorization-request.ts';
import { realGoogle } from '../../src/main/auth/provider.ts';
import { externalUrl } from '../../src/main/shell/external-url.ts';
import { standing } from './sources.ts';

const google = 'https://accounts.google.com';
const double = 'http://127.0.0.1:4711';
const origins = [google, double];

test('S7 the address of a sign-in is opened as it is', () => {
  const address = authorizationUrl({
    provider: realGoogle,
    clientId: '1234567890-abcdefghijklmnop.apps.googleusercontent.com',
    redirectUri: 'http://127.0.0.1:4711/YmFzZTY0',
    attempt: newAttempt(),
    forceConsent: true,
    loginHint: `ada.o'neill+${'x'.repeat(280)}@lörbeer.example`,
  });
  expect(externalUrl(address, [google])).toBe(address);
  expect(externalUrl(`${double}/auth?x=y`, origins)).toBe(`${double}/auth?x=y`);
});

describe('S7 nothing else is handed to the system', () => {
  test.each([
    // Other schemes, which the system would give to other programs.
    'file:///etc/passwd',
    'file://server/share/run.exe',
    'smb://server/share',
    'ftp://accounts.google.com/',
    'javascript:alert(1)//https://accounts.google.com/',
    'vbscript:msgbox(1)',
    'data:text/html,<script>1</script>',
    'ms-msdt:/id PCWDiagnostic',
    'ms-officecmd:{}',
    'search-ms:query=x&crumb=location:\\\\server\\share',
    'mailto:ada@example.com',
    'ssh://-oProxyCommand=x/',
    'steam://run/1',
    'blob:https://accounts.google.com/6f1d',
    'filesystem:https://accounts.google.com/temporary/x',
    'view-source:https://accounts.google.com/',
    'wss://accounts.google.com/',
    'x-https://accounts.google.com/',
    // No scheme, paths and network names.
    '//accounts.google.com/',
    'accounts.google.com/',
    '\\\\server\\share',
    '//server/share',
    'C:\\Windows\\System32\\calc.exe',
    '/usr/bin/true',
    '--help',
    '-a Calculator',
    '',
    // Another host that looks like it.
    'https://evil.example/',
    'https://accounts.google.com.evil.example/',
    'https://accounts.google.com@evil.example/',
    'https://accounts.google.com%40evil.example/',
    'https://accounts.google.com:443@evil.example/',
    'https://evil.example/https://accounts.google.com/',
    'https://evil.example#https://accounts.google.com/',
    'https://evil.example?https://accounts.google.com/',
    'https://evil.example\\@accounts.google.com/',
    'https://accounts.google.com\\@evil.example/',
    'https://xaccounts.google.com/',
    'https://google.com/',
    'https://myaccount.google.com/',
    'https://accounts.google.co/',
    'https://accounts.google.com./',
    'https://accounts.google.com。/',
    'https://accounts。google.com/',
    'https://accоunts.google.com/',
    'https://xn--accunts-0kf.google.com/',
    'https://ACCOUNTS.GOOGLE.COM/',
    'https://accounts%2egoogle.com/',
    'https://[::ffff:127.0.0.1]/',
    // The right host in the wrong way.
    'http://accounts.google.com/',
    'https://accounts.google.com:444/',
    'https://accounts.google.com:80/',
    'https://accounts.google.com:443/',
    'https://user@accounts.google.com/',
    'https://user:password@accounts.google.com/',
    'https://:password@accounts.google.com/',
    'https://@accounts.google.com/',
    'https://accounts.google.com/#fragment',
    'https://accounts.google.com/#',
    'https://accounts.google.com',
    'HTTPS://accounts.google.com/',
    'https:accounts.google.com/',
    'https:/accounts.google.com/',
    'https:///accounts.google.com/',
    'https:\\\\accounts.google.com\\',
    'https://accounts.google.com/a/../b',
    'https://accounts.google.com/%2e%2e/b',
    'https://accounts.google.com/a\\b',
    // White space and what ends a line or a text.
    ' https://accounts.google.com/',
    'https://accounts.google.com/ ',
    'https://accounts.google.com/ --flag',
    'https://accounts.google.com/\n',
    'https://accounts.google.com/\r\nX: y',
    'https://accounts.google.com/\t',
    'https://acc\tounts.google.com/',
    'ht\ntps://accounts.google.com/',
    'https://accounts.google.com/\0',
    '\u0001https://accounts.google.com/',
    'https://accounts.google.com/\u202e',
    'https://accounts.google.com/"&calc.exe',
    'https://accounts.google.com/?q=`id`" ',
    `https://accounts.google.com/${'x'.repeat(2_054)}`,
    // The double's address is this one port on this one address.
    'http://127.0.0.1/',
    'http://127.0.0.1:4712/',
    'http://localhost:4711/',
    'http://127.1:4711/',
    'http://0x7f000001:4711/',
    'http://2130706433:4711/',
    'https://127.0.0.1:4711/',
  ])('%j', (address) => {
    expect(externalUrl(address, origins)).toBeNull();
  });
});

test('S7 whatever is opened is an allowed origin, followed by printable characters', () => {
  const part = fc.oneof(
    fc.constantFrom(
      google,
      double,
      'https:',
      '//',
      '/',
      '\\',
      '@',
      ':',
      '.',
      '?',
      '#',
      '%',
      ' ',
      '\n',
      '\t',
      '..',
      ':443',
    ),
    fc.constantFrom('evil.example', 'accounts.google.com', 'user', 'file:', 'javascript:', 'blob:', '"', '`', "'"),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
  );
  const address = fc.oneof(
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.array(part, { maxLength: 4 }).map((parts) => `${google}/${parts.join('')}`),
    fc.webPath().map((path) => `${google}${path}`),
  );
  let opened = 0;
  fc.assert(
    fc.property(address, (given) => {
      const url = externalUrl(given, origins);
      if (url === null) return;
      opened += 1;
      expect(url).toBe(given);
      expect(url).toMatch(/^(https:\/\/accounts\.google\.com|http:\/\/127\.0\.0\.1:4711)\/[\x21-\x7e]*$/);
      expect(url).not.toMatch(/[\\"<>#]/);
    }),
    { numRuns: 10_000 },
  );
  expect(opened).toBeGreaterThan(100);
});

test('S6 the system is asked to open something in one place, and that place asks first', () => {
  expect(standing(/openExternal\(|openPath\(|showItemInFolder\(/g)).toEqual(['main/shell/open-url.ts']);
  expect(standing(/const url = externalUrl\(address, /g)).toEqual(['main/shell/open-url.ts']);
  expect(standing(/shell\.openExternal\(url\)/g)).toEqual(['main/shell/open-url.ts']);
});
