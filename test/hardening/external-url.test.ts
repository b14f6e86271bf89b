import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { externalUrl } from '../../src/main/shell/external-url.ts';
import { standing } from './sources.ts';

const path = 'Zm9yIHRoaXMgYXR0ZW1wdCwgYW5kIGZvciBubyBvdGh';
const beginning = `http://127.0.0.1:4711/${path}`;

test('S7 the beginning of a sign-in is opened as it is', () => {
  expect(externalUrl(beginning)).toBe(beginning);
  expect(externalUrl(`http://[::1]:65535/${path}`)).toBe(`http://[::1]:65535/${path}`);
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
    // Google's own addresses: whoever reads a command line would read the attempt in them.
    'https://accounts.google.com/o/oauth2/v2/auth?state=x',
    // Other places of this computer, and other ways to write it.
    'http://127.0.0.1/',
    'http://127.0.0.1:4711/',
    `http://127.0.0.1/${path}`,
    `http://127.0.0.1:0/${path}`,
    `http://127.0.0.1:99999/${path}`,
    `http://127.0.0.1:4711/${path}/`,
    `http://127.0.0.1:4711/${path}?x=y`,
    `http://127.0.0.1:4711/${path}#x`,
    `http://127.0.0.1:4711//${path}`,
    `http://127.0.0.1:4711/${path}x`,
    `http://ada@127.0.0.1:4711/${path}`,
    `http://127.0.0.2:4711/${path}`,
    `http://localhost:4711/${path}`,
    `http://127.1:4711/${path}`,
    `http://0x7f000001:4711/${path}`,
    `http://2130706433:4711/${path}`,
    `https://127.0.0.1:4711/${path}`,
  ])('%j', (address) => {
    expect(externalUrl(address)).toBeNull();
  });
});

test('S7 whatever is opened is an address of the listener, letter by letter', () => {
  const part = fc.oneof(
    fc.constantFrom('http:', 'https:', '//', '/', '127.0.0.1', '[::1]', ':4711', path, '@', '?', '#', '%', ' ', '\n'),
    fc.constantFrom('evil.example', 'file:', 'javascript:', 'blob:', '"', '`', "'", '\\'),
    fc.string({ unit: 'binary' }),
  );
  const address = fc.oneof(
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.array(part, { maxLength: 3 }).map((parts) => `${beginning}${parts.join('')}`),
    fc
      .tuple(fc.integer({ min: 0, max: 70_000 }), fc.constantFrom(path, 'x'))
      .map(([port, end]) => `http://127.0.0.1:${port}/${end}`),
  );
  let opened = 0;
  fc.assert(
    fc.property(address, (given) => {
      const url = externalUrl(given);
      if (url === null) return;
      opened += 1;
      expect(url).toBe(given);
      expect(url).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d+\/[\w-]{43}$/);
    }),
    { numRuns: 10_000 },
  );
  expect(opened).toBeGreaterThan(100);
});

test('S6 the system is asked to open something in one place, and that place asks first', () => {
  expect(standing(/openExternal\(|openPath\(|showItemInFolder\(/g)).toEqual(['main/shell/open-url.ts']);
  expect(standing(/const url = externalUrl\(address\)/g)).toEqual(['main/shell/open-url.ts']);
  expect(standing(/shell\.openExternal\(url\)/g)).toEqual(['main/shell/open-url.ts']);
});
