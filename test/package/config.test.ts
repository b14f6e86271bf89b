import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configuration } from '../../build/package/config.ts';

const options = { built: 'out', output: 'dist', repository: null };

test('an app is told where its updates are by the repository that releases it, and by nothing else', () => {
  expect(configuration(options).publish).toBeNull();
  const released = configuration({ ...options, repository: 'somebody/mooring' });
  expect(released.publish).toEqual({ provider: 'github', owner: 'somebody', repo: 'mooring' });
});

test('the app for macOS has the hardened runtime, and its one exception is V8’s compiler', () => {
  const { mac } = configuration(options);
  expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true });
  expect(mac?.entitlementsInherit).toBe(mac?.entitlements);
  const plist = readFileSync(mac?.entitlements ?? '', 'utf8');
  expect(plist.match(/<key>[^<]+<\/key>\s*<\w+\/>/g)).toEqual([
    expect.stringMatching(/^<key>com\.apple\.security\.cs\.allow-jit<\/key>\s*<true\/>$/),
  ]);
});

test('nothing that we configure turns Chromium’s sandbox off', () => {
  const config = configuration(options);
  expect(JSON.stringify(config)).not.toContain('no-sandbox');
  // 0.0.0, the default, writes it into every desktop entry of an AppImage.
  expect(config.toolsets).toMatchObject({ appimage: expect.stringMatching(/^[1-9]\./) });
});

test('the files that the configuration names are there', () => {
  const { nsis, rpm } = configuration(options);
  for (const path of [nsis?.include, rpm?.afterInstall, rpm?.afterRemove, rpm?.appArmorProfile]) {
    expect(existsSync(path ?? ''), String(path)).toBe(true);
  }
});

test('no secret is in the configuration: certificates and keys come by the environment', () => {
  expect(JSON.stringify(configuration(options))).not.toMatch(/csc|password|certificate|apple_?id|api_?key/i);
});
