import { defineConfig } from 'playwright/test';
import { chromiumOptions } from './e2e/chromium.ts';

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
  // Of the browser that a worker has for its tests: each of their people has a private window of it.
  use: { launchOptions: chromiumOptions },
  reporter: [['list'], ['json']],
});
