import { defineConfig } from 'playwright/test';

export default defineConfig({
  globalSetup: './e2e/host.ts',
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: '../out/test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
});
