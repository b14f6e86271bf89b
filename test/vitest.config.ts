import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    // Packages have a configuration of their own, which makes one first. The stand-in is for Linux; elsewhere there is Electron.
    exclude: ['test/package/**', ...(process.platform === 'linux' ? [] : ['test/electron/**'])],
    // End-to-end specs are `*.spec.ts` and belong to Playwright.
    pool: 'forks',
    // Generous: nothing here is about speed, and a machine may have much else to do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One second by default, which a busy machine does not keep.
    expect: { poll: { timeout: 30_000 } },
  },
});
