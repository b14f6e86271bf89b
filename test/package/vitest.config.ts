import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The check `package`, apart from `unit`, because all of its tests look at one packaged app that is made first. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    include: ['test/package/*.test.ts'],
    globalSetup: 'test/package/setup.ts',
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
