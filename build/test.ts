import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { buildApp, root } from './app.ts';
import { withKeyring } from './keyring-session.ts';

// Runs the checks one after another and ends with a line that counts them. Names as arguments run only those.

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const reports = mkdtempSync(join(tmpdir(), 'mooring-reports-'));

const checks: Readonly<Record<string, () => Promise<Count>>> = {
  types: () => once('typescript', 'tsc', ['-p', root]),
  lint: () => once('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']),
  unit: () => vitest('unit', 'test/vitest.config.ts'),
  package: async () => {
    if (process.platform === 'linux') return await vitest('package', 'test/package/vitest.config.ts');
    process.stdout.write('The packages are looked at on Linux only; here nothing is said about them.\n');
    return { passed: 0, failed: 0 };
  },
  e2e: async () => {
    buildApp();
    const report = join(reports, 'e2e.json');
    const code = await run('playwright', 'playwright', ['test', '--config=test/playwright.config.ts'], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    const counted = PlaywrightReport.safeParse(readReport(report));
    if (!counted.success) return { passed: 0, failed: 1 };
    const { expected: passed, unexpected, flaky } = counted.data.stats;
    return { passed, failed: code === 0 ? unexpected + flaky : Math.max(1, unexpected + flaky) };
  },
};

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in checks));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no check called ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.\n`,
  );
  process.exit(2);
}

/** What failed, told again at the end: of a long run only that is left on the screen. */
const failures: string[] = [];

const total = { passed: 0, failed: 0 };
for (const [name, check] of Object.entries(checks)) {
  if (named.length > 0 && !named.includes(name)) continue;
  process.stdout.write(`\n── ${name}\n`);
  const began = Date.now();
  const count = await check();
  total.passed += count.passed;
  total.failed += count.failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  process.stdout.write(`── ${name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s\n`);
}
rmSync(reports, { recursive: true, force: true });
for (const failure of failures) process.stdout.write(`\n✗ ${failure}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function vitest(name: string, config: string): Promise<Count> {
  const report = join(reports, `${name}.json`);
  // By itself vitest leaves one processor free, which of two is half of them.
  const args = ['run', `--config=${config}`, '--maxWorkers=100%', '--reporter=default', '--reporter=json'];
  args.push(`--outputFile.json=${report}`);
  const code = await run('vitest', 'vitest', args);
  const counted = VitestReport.safeParse(readReport(report));
  if (!counted.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests: failed, testResults } = counted.data;
  for (const { name: file, status, message, assertionResults } of testResults) {
    const failing = assertionResults.filter((each) => each.status === 'failed');
    for (const { fullName, failureMessages } of failing)
      failures.push([fullName, ...(failureMessages ?? [])].join('\n'));
    if (status === 'failed' && failing.length === 0) failures.push(`${file}\n${message}`);
  }
  // A file that cannot even be loaded has no tests to fail.
  return { passed, failed: code === 0 ? failed : Math.max(1, failed) };
}

async function once(...command: readonly [pack: string, tool: string, args: readonly string[]]): Promise<Count> {
  return (await run(...command)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs a package's tool with a keychain of its own and Node 24 first on the path; answers its exit code. */
async function run(pack: string, tool: string, args: readonly string[], extra = {}): Promise<number> {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  // The tests start hundreds of processes on the same sources: what Node compiled is kept for the next.
  const compiled = { NODE_COMPILE_CACHE: join(reports, 'compiled') };
  const env: NodeJS.ProcessEnv = { ...process.env, ...compiled, ...extra, PATH: path };
  // By its script, because what lies in .bin is for a shell on Windows.
  using wrapped = withKeyring(process.execPath, [scriptOf(pack, tool), ...args], env);
  const child = spawn(wrapped.command, wrapped.args, { cwd: root, stdio: 'inherit', env: wrapped.env });
  const { promise, resolve } = Promise.withResolvers<number>();
  child.once('error', (error) => {
    process.stderr.write(`${wrapped.command} could not be started: ${error.message}\n`);
    resolve(1);
  });
  child.once('exit', (code) => resolve(code ?? 1));
  return await promise;
}

function scriptOf(pack: string, tool: string): string {
  const folder = join(root, 'node_modules', pack);
  const { bin } = z
    .object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })
    .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return join(folder, typeof bin === 'string' ? bin : (bin[tool] ?? ''));
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
