import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrubEnvironment } from '../../src/main/config.ts';
import { daemonEnvironment } from '../../src/main/shell/daemon-environment.ts';

const told = { databasePath: '/home/ada/mirror.sqlite', apiRoot: 'https://www.googleapis.com', syncSeconds: null };
const inherited = ['HOME', 'LANG', 'LC_ALL', 'PATH', 'SystemRoot', 'TEMP', 'TMPDIR', 'TZ'];

test('S22 the daemon is told its database and its API, and inherits where it is', () => {
  const own = Object.fromEntries(inherited.map((name) => [name, `own ${name}`]));
  expect(daemonEnvironment({ ...own, MOORING_DATABASE: 'another' }, { ...told, syncSeconds: 2.5 })).toEqual({
    ...own,
    MOORING_DATABASE: told.databasePath,
    MOORING_GOOGLE_API_ROOT: told.apiRoot,
    MOORING_SYNC_SECONDS: '2.5',
  });
});

test.each([
  ...[
    'NODE_OPTIONS',
    'NODE_PATH',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_DEBUG',
    'NODE_V8_COVERAGE',
  ],
  ...['NODE_USE_ENV_PROXY', 'HTTPS_PROXY', 'SSLKEYLOGFILE', 'SSL_CERT_FILE', 'OPENSSL_CONF', 'ELECTRON_RUN_AS_NODE'],
  ...['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'DYLD_LIBRARY_PATH', 'GCONV_PATH'],
  ...[
    'MOORING_CLIENT_ID',
    'MOORING_CLIENT_SECRET',
    'MOORING_CLIENT_FILE',
    'MOORING_GOOGLE_CONTROL_KEY',
    'MOORING_HOME',
  ],
  ...[
    'GOOGLE_SDK_NODE_LOGGING',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'DBUS_SESSION_BUS_ADDRESS',
    'SQLITE_TMPDIR',
    '__proto__',
  ],
])('S22 %s does not reach the daemon', (name) => {
  const own = JSON.parse(`{"PATH":"/bin","${name}":"planted"}`) as Record<string, string>;
  expect(Object.entries(daemonEnvironment(own, told)).flat()).not.toContain('planted');
});

test('S22 whatever the environment, the daemon’s has no other names', () => {
  const names = [...inherited, 'MOORING_DATABASE', 'MOORING_GOOGLE_API_ROOT'];
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...inherited)), fc.string()), (own) => {
      for (const name of Object.keys(daemonEnvironment(own, told))) expect(names).toContain(name);
    }),
  );
});

test('S22 what no child may inherit is taken out of the app’s own environment', () => {
  const environment: Record<string, string | undefined> = { PATH: '/bin' };
  const secret = ['MOORING_CLIENT_ID', 'MOORING_CLIENT_SECRET', 'MOORING_CLIENT_FILE', 'MOORING_GOOGLE_CONTROL_KEY'];
  for (const name of [...secret, 'GOOGLE_SDK_NODE_LOGGING']) environment[name] = 'planted';
  scrubEnvironment(environment);
  expect(environment).toEqual({ PATH: '/bin' });
});
