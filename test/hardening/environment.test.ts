import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepAllowed } from '../../src/main/setup/environment.ts';
import { daemonEnvironment } from '../../src/main/shell/daemon-environment.ts';

const told = { databasePath: '/home/ada/mirror.sqlite', apiRoot: 'https://www.googleapis.com', syncSeconds: null };
const inherited = ['HOME', 'LANG', 'LC_ALL', 'PATH', 'SystemRoot', 'TEMP', 'TMPDIR', 'TZ', 'NODE_EXTRA_CA_CERTS'];

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
  ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_DEBUG', 'NODE_V8_COVERAGE'],
  ...[
    'NODE_USE_ENV_PROXY',
    'HTTPS_PROXY',
    'https_proxy',
    'HTTP_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'SSLKEYLOGFILE',
    'SSL_CERT_FILE',
    'OPENSSL_CONF',
    'ELECTRON_RUN_AS_NODE',
  ],
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

const desktop = {
  PATH: '/bin',
  HOME: '/home/ada',
  LC_TIME: 'C',
  XDG_RUNTIME_DIR: '/run/user/1000',
  DISPLAY: ':0',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
  MOORING_HOME: '/home/ada/mooring',
  HTTPS_PROXY: 'http://proxy.example:3128',
  https_proxy: 'http://proxy.example:3128',
};

test('S25 the app keeps of its environment what a program of a desktop needs', () => {
  const environment = { ...desktop };
  expect(keepAllowed(environment)).toEqual([]);
  expect(environment).toEqual(desktop);
});

test.each([
  ...['NODE_TLS_REJECT_UNAUTHORIZED', 'GOOGLE_SDK_NODE_LOGGING', 'DEBUG', 'SSLKEYLOGFILE', 'SSL_CERT_FILE'],
  ...['SSL_CERT_DIR', 'NODE_PATH', 'NODE_V8_COVERAGE', 'NODE_REDIRECT_WARNINGS', 'NODE_USE_ENV_PROXY'],
  ...['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_CLOUD_QUOTA_PROJECT', 'GCLOUD_PROJECT', 'GCE_METADATA_HOST'],
  ...['ELECTRON_RUN_AS_NODE', 'ELECTRON_ENABLE_LOGGING', 'ELECTRON_NO_ASAR', 'LD_PRELOAD', 'LD_LIBRARY_PATH'],
  ...['GTK_MODULES', 'GTK_PATH', 'GDK_PIXBUF_MODULE_FILE', 'GIO_EXTRA_MODULES', 'QT_PLUGIN_PATH', 'PYTHONPATH'],
  ...['MOORING_ANYTHING', 'xdg', 'LC', '__proto__', 'constructor'],
])('S25 %s does not stay in the app’s environment', (name) => {
  const environment = JSON.parse(`{"PATH":"/bin","${name}":"planted"}`) as Record<string, string>;
  keepAllowed(environment);
  expect(Object.keys(environment)).toEqual(['PATH']);
});

test.each(['NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'NODE_OPTIONS', 'OPENSSL_CONF'])(
  'S25 %s is named, because it was obeyed before it could be taken away',
  (name) => {
    const environment: Record<string, string> = { PATH: '/bin', [name]: 'x' };
    expect(keepAllowed(environment)).toEqual([name]);
    expect(environment).toEqual({ PATH: '/bin' });
    expect(keepAllowed({ [name]: '' })).toEqual([]);
  },
);
