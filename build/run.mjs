// The door to every npm script: brings the checkout into working order, then runs the script named by the first argument
// on the Node that Electron embeds. Plain JavaScript without dependencies, because nothing is installed when it starts.
//
//   node build/run.mjs build/test.ts unit
//   node build/run.mjs --setup             only the set-up, and Electron's download once more

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchMissing, nodejs, systems } from './locked-node.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const stampFile = join(root, 'node_modules', '.mooring-setup.json');
const onWindows = process.platform === 'win32';

const say = (text) => process.stderr.write(`mooring: ${text}\n`);
const read = (path) => readFileSync(join(root, path), 'utf8');
const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

const system = systems[`${process.platform}-${process.arch}`];
if (system === undefined) {
  fail(
    `This Node is for ${process.platform}-${process.arch}, where Mooring cannot be set up: there is no Node 24 with a known ` +
      `checksum. Nothing was changed. Start with a Node for one of ${Object.keys(systems).join(', ')}.`,
  );
}
const nodeHome = join(root, 'node_modules', system.folder);
const node24 = join(nodeHome, system.executable);

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  say('Name the script to run, or --setup.');
  process.exit(2);
}

const wanted = { packages: hash(read('package-lock.json')), platform: `${process.platform}-${process.arch}` };
const stamp = readStamp();
if (script === '--setup' || stamp.packages !== wanted.packages || stamp.platform !== wanted.platform) {
  await setUp(script === '--setup' ? null : stamp);
}
if (script !== '--setup') run(node24, [join(root, script), ...args]);

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

async function setUp(before) {
  say('setting up this checkout; it takes a minute or two and happens once.');
  installSystemPackages();
  say('installing the npm packages…');
  // Said here too, because a variable of the environment outranks .npmrc.
  must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  await completeNode();
  // Shows the compiler's output and what is missing, where it fails.
  if (!quiet(node24, [join(root, 'build', 'compile-keytar.ts')], process.env)) process.exit(1);
  const electron = await downloadElectron(before);
  writeFileSync(stampFile, `${JSON.stringify({ ...wanted, electron })}\n`);
  say('set-up is complete.');
}

/** Adds what npm does not bring of Node, and makes Node 24 the `node` of npm’s scripts. */
async function completeNode() {
  try {
    await fetchMissing(system.missing, nodejs, nodeHome);
  } catch (error) {
    fail(
      `Node 24 could not be fetched, so the set-up is not complete: ${error.cause?.message ?? error.message} ` +
        `Nothing of yours was changed. Start again once ${nodejs} can be reached.`,
    );
  }
  // npm takes an optional package that it cannot fetch for one that is not needed.
  if (!existsSync(node24)) {
    fail(
      `npm brought no Node to ${node24}, so the set-up is not complete. Nothing of yours was changed. ` +
        'Run "npm ci" to see why, and start again.',
    );
  }
  // npm links the command of a package that it has installed, npm 10 not reliably that of one among several for other systems.
  const command = join(root, 'node_modules', '.bin', 'node');
  if (!onWindows && !existsSync(command)) symlinkSync(join('..', system.folder, system.executable), command);
}

/** What the npm packages and the tests need of the system: keytar's library, a keychain service, and a browser. */
function installSystemPackages() {
  if (process.platform !== 'linux') return;
  if (!has('dpkg-query')) {
    say('Mooring needs libsecret (with its development files), gnome-keyring, dbus and chromium. On Fedora:');
    say('  sudo dnf install libsecret-devel gnome-keyring dbus-daemon chromium gcc-c++ make python3');
    return;
  }
  const packages = ['libsecret-1-dev', 'gnome-keyring', 'dbus', 'chromium'].filter((name) => !isInstalled(name));
  for (const [command, name] of [
    ['g++', 'g++'],
    ['make', 'make'],
    ['python3', 'python3'],
  ]) {
    if (!has(command)) packages.push(name);
  }
  if (packages.length === 0) return;
  if (process.getuid?.() !== 0) {
    say(`these system packages are missing: ${packages.join(', ')}. Install them with:`);
    say(`  sudo apt-get install --no-install-recommends ${packages.join(' ')}`);
    say('going on without them; what needs them will say so.');
    return;
  }
  say(`installing the system packages ${packages.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A package list that is missing or too old makes the first attempt fail.
  const install = () => quiet('apt-get', ['install', '-y', '--no-install-recommends', ...packages], env);
  if (!install() && !(quiet('apt-get', ['update'], env) && install())) {
    fail(
      `The system packages could not be installed. Run: apt-get install --no-install-recommends ${packages.join(' ')}`,
    );
  }
}

/** Electron's executable comes from GitHub, not from npm. Where it cannot be had, the stand-in does its work. */
async function downloadElectron(before) {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] || existsSync(join(root, 'node_modules', 'electron', 'path.txt'))) {
    return 'installed';
  }
  const { version } = JSON.parse(read('node_modules/electron/package.json'));
  if (before?.electron === `unavailable ${version}`) return before.electron;
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  say(`looking for Electron ${version}…`);
  try {
    const answer = await fetch(`${mirror}v${version}/SHASUMS256.txt`, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    // Electron's own installer compares the download with the checksums in its npm package, unless it is told to ask the
    // server for them: https://www.electronjs.org/docs/latest/tutorial/installation
    const told = ([name]) => /electron_use_remote_checksums$/i.test(name);
    const env = Object.fromEntries(Object.entries(process.env).filter((entry) => !told(entry)));
    if (quiet(node24, [join(root, 'node_modules/electron/install.js')], env, 300_000)) return 'installed';
  } catch {
    // Said below.
  }
  say('Electron’s executable cannot be downloaded here; the app runs on the stand-in (Node and Chromium) instead.');
  return `unavailable ${version}`;
}

function has(command) {
  return spawnSync(onWindows ? 'where' : 'which', [command], { stdio: 'ignore' }).status === 0;
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' });
  return /^Status: .*ok installed$/m.test(query.stdout);
}

/** Runs a command and shows its output only if it fails. */
function quiet(command, commandArgs, env, timeout) {
  const result = spawnSync(command, commandArgs, {
    cwd: root,
    env,
    timeout,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.status !== 0) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  return result.status === 0;
}

function must(command, commandArgs) {
  const result = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: onWindows,
  });
  if (result.status !== 0) fail(`"${command} ${commandArgs.join(' ')}" failed; its message is above.`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function run(command, commandArgs) {
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
}
