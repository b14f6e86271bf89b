import { expect, test } from 'vitest';
import { environmentWays } from '../../src/http/environment-ways.ts';
import { resolvedWays } from '../../src/http/resolved-ways.ts';

const google = 'https://www.googleapis.com';
const through = (url: string) => [{ kind: 'proxy', url }];
const direct = [{ kind: 'direct' }];
const unusable = [{ kind: 'unusable' }];

test.each([
  [{ HTTPS_PROXY: 'http://proxy:3128' }, through('http://proxy:3128/')],
  [{ https_proxy: 'http://proxy:3128' }, through('http://proxy:3128/')],
  [{ HTTPS_PROXY: 'proxy:3128' }, through('http://proxy:3128/')],
  [{ HTTPS_PROXY: 'proxy.example.com' }, through('http://proxy.example.com/')],
  [{ HTTPS_PROXY: ' 10.1.2.3:8080 ' }, through('http://10.1.2.3:8080/')],
  [{ HTTPS_PROXY: 'https://proxy:444' }, through('https://proxy:444/')],
  [{ HTTPS_PROXY: 'http://ada:p%40ss@proxy:3128' }, through('http://ada:p%40ss@proxy:3128/')],
  [{ HTTPS_PROXY: 'ada:secret@proxy:3128' }, through('http://ada:secret@proxy:3128/')],
  [{ HTTP_PROXY: 'http://proxy:3128' }, through('http://proxy:3128/')],
  [{ ALL_PROXY: 'http://all:1' }, through('http://all:1/')],
  [
    { ALL_PROXY: 'http://all:1', HTTP_PROXY: 'http://plain:2', HTTPS_PROXY: 'http://secure:3' },
    through('http://secure:3/'),
  ],
  [{ HTTPS_PROXY: 'http://capital:1', https_proxy: 'http://small:2' }, through('http://small:2/')],
  [{ HTTPS_PROXY: '', ALL_PROXY: 'http://all:1' }, through('http://all:1/')],
  [{ HTTPS_PROXY: 'socks5://proxy:1080' }, unusable],
  [{ HTTPS_PROXY: 'http://:3128' }, unusable],
  [{ HTTPS_PROXY: 'proxy:port' }, unusable],
])('%j leaves by what it names', (environment, ways) => {
  expect(environmentWays(environment)?.(google)).toEqual(ways);
});

test('an environment that names no proxy has nothing to say', () => {
  expect(environmentWays({})).toBeNull();
  expect(environmentWays({ NO_PROXY: 'example.com', HTTPS_PROXY: ' ' })).toBeNull();
});

test.each([
  ['*', google, true],
  ['googleapis.com', google, true],
  ['.googleapis.com', google, true],
  ['*.googleapis.com', google, true],
  ['GoogleAPIs.com', google, true],
  ['example.com, www.googleapis.com', google, true],
  ['example.com www.googleapis.com', google, true],
  ['www.googleapis.com:443', google, true],
  ['www.googleapis.com:8443', google, false],
  ['www.googleapis.com:8443', `${google}:8443`, true],
  ['apis.com', google, false],
  ['[2001:db8::1]', 'https://[2001:db8::1]', true],
  ['2001:db8::1', 'https://[2001:db8::1]', true],
  ['', google, false],
  ['.', google, false],
])('NO_PROXY=%s and %s', (rules, url, exempt) => {
  const ways = environmentWays({ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: rules })?.(url);
  expect(ways).toEqual(exempt ? direct : through('http://proxy:1/'));
});

test.each(['https://127.0.0.1:1', 'https://localhost', 'https://[::1]:8'])(
  '%s is never asked through a proxy',
  (url) => {
    expect(environmentWays({ HTTPS_PROXY: 'http://proxy:1' })?.(url)).toEqual(direct);
  },
);

test.each([
  ['DIRECT', direct],
  ['', direct],
  ['PROXY proxy:8080', through('http://proxy:8080/')],
  ['proxy proxy:8080 ;DIRECT', [...through('http://proxy:8080/'), ...direct]],
  ['PROXY one:1; HTTPS two:2; DIRECT', [...through('http://one:1/'), ...through('https://two:2/'), ...direct]],
  ['SOCKS5 proxy:1080', unusable],
  ['PROXY', unusable],
])('a script that answers %j', (answer, ways) => expect(resolvedWays(answer)).toEqual(ways));
