import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Packed, pack } from './pack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly packed: Packed;
  }
}

/** Packages the app once, for all files. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-package-'));
  // dpkg's tests run the packaged app as another user.
  chmodSync(folder, 0o755);
  project.provide('packed', await pack(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
