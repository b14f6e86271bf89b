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
  // Generous: nothing here is about speed, and a machine may have much else to do.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list'], ['json']],
});
