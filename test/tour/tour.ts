import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { chromiumOptions } from '../e2e/chromium.ts';
import { openWorld } from '../e2e/world.ts';
import { playFailures } from './failures.ts';
import { playMainJob } from './main-job.ts';

// Plays the app without a display, against the double, and photographs each stage into out/tour/: the main job, or with
// `--failures` every failure of the credential lab. The times are those of this machine, and include what the tour itself
// waits for; they are no benchmark.

const { values } = parseArgs({ options: { failures: { type: 'boolean', default: false } } });
const events = values.failures ? 300 : 5_000;
const folder = join(import.meta.dirname, '..', '..', 'out', 'tour', values.failures ? 'failures' : '.');
mkdirSync(folder, { recursive: true });

const print = (line: string) => process.stdout.write(`${line}\n`);
let photographs = 0;
async function photograph(page: Page, name: string): Promise<void> {
  photographs += 1;
  const path = join(folder, `${String(photographs).padStart(2, '0')}-${name}.png`);
  await page.screenshot({ animations: 'disabled', path });
}

const browser = await chromium.launch(chromiumOptions);
const world = await openWorld(browser, { events, syncSeconds: 2, rehearsal: values.failures });
try {
  print(`Mooring’s tour: ${events.toLocaleString('en')} events at a Google double on ${world.google.issuer}\n`);
  if (values.failures) await playFailures(world, (await world.launch()).window, { print, photograph });
  else print(`\n${await playMainJob(world, { print, photograph })} stages`);
  const leaks = await world.leaks();
  print(`${photographs} screenshots in ${values.failures ? 'out/tour/failures/' : 'out/tour/'}`);
  print(
    leaks.length === 0 ? 'No secret was found outside the keychain.' : `Secrets were found in: ${leaks.join(', ')}`,
  );
  process.exitCode = leaks.length === 0 ? 0 : 1;
} catch (error) {
  print(`The tour stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await world.close();
  await browser.close();
}
