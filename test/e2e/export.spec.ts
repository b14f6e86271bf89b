import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { signedIn } from './signed-in.ts';
import { expect, test } from './test.ts';
import { ada, insertToday } from './views.ts';

test('what is copied is exported into a folder that the system’s dialog names, and read by another program', async ({
  world,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-exported-'));
  try {
    insertToday(world, 'Lighthouse inspection');
    const { app, window } = await signedIn(world);
    await app.evaluate(async ({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, folder);
    await window.getByRole('button', { name: 'Settings' }).click();
    const section = window.getByRole('region', { name: 'Export' });
    await section.getByRole('button', { name: 'Export now' }).click();
    await expect(section.getByText(/Wrote [\d,]+ things in \d+ files/)).toBeVisible();
    await expect(section.getByText(folder)).toBeVisible();

    const [{ email = '' } = {}] = world.google.control.people().filter(({ sub }) => sub === ada(world));
    const home = join(folder, 'Mooring export', email, 'Calendar');
    const names = readdirSync(home);
    expect(names).toContain('mooring-export.json');
    const titles = names
      .filter((name) => name.endsWith('.ics'))
      .flatMap((name) => {
        const calendar = new ICAL.Component(ICAL.parse(readFileSync(join(home, name), 'utf8')));
        return calendar.getAllSubcomponents('vevent').map((event) => event.getFirstPropertyValue('summary'));
      });
    expect(titles).toContain('Lighthouse inspection');
    expect(readdirSync(join(folder, 'Mooring export', email))).toEqual(
      expect.not.arrayContaining(['.mooring-new-Calendar']),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
