import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    // Those look at one packaged app, which their own configuration makes first.
    exclude: ['test/package/**'],
    // End-to-end specs are `*.spec.ts` and belong to Playwright.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
