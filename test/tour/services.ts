import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { World } from '../e2e/world.ts';
import type { RunningApp } from '../electron/launch.ts';
import type { startTimeline } from './timeline.ts';

const contactScopes = [
  'https://www.googleapis.com/auth/contacts.readonly',
  'https://www.googleapis.com/auth/contacts.other.readonly',
];

/** Turns the other services on, one by one; one is refused, and one withdrawn. Then everything is searched, without Google. */
export async function playServices(
  world: World,
  { app, window }: { app: RunningApp; window: Page },
  {
    stage,
    photograph,
  }: {
    stage: ReturnType<typeof startTimeline>['stage'];
    photograph: (page: Page, name: string) => Promise<void>;
  },
): Promise<void> {
  const { control } = world.google;
  const sub = control.people()[0]?.sub ?? '';
  const nav = window.getByRole('navigation', { name: 'Services' });
  const row = (service: string) => window.locator(`[data-service="${service}"]`);
  const stands = (service: string, standing: string) =>
    expect(row(service)).toHaveAttribute('data-standing', standing, { timeout: 30_000 });

  /** Asks for a service, and answers on Google's page. */
  async function ask(service: string, button: string, decide: (page: Page) => Promise<void>): Promise<void> {
    await nav.getByRole('button', { name: service }).click();
    const opened = world.browser.nextPage();
    await window.getByRole('button', { name: button }).first().click();
    const page = await opened;
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await decide(page);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  await stage('tasks on', async () => {
    await nav.getByRole('button', { name: 'Tasks' }).click();
    await window.getByRole('button', { name: 'Copy your tasks' }).waitFor();
    await photograph(window, 'tasks-asking');
    await ask('Tasks', 'Copy your tasks', async (page) => photograph(page, 'tasks-consent'));
    await stands('tasks', 'working');
    const tasks = window.getByRole('listbox', { name: 'Tasks to do' });
    await tasks.getByRole('option').nth(3).click();
    await window.getByRole('article', { name: 'Task' }).getByRole('heading').waitFor();
    await photograph(window, 'tasks');
    return row('tasks').getByTestId('counts').innerText();
  });

  await stage('contacts refused', async () => {
    await ask('Contacts', 'Copy your contacts', async (page) => {
      for (const scope of contactScopes) await page.locator(`input[value="${scope}"]`).uncheck();
      await photograph(page, 'contacts-refused-at-google');
    });
    await expect(row('contacts')).toHaveAttribute('data-reason', 'declined', { timeout: 30_000 });
    await stands('tasks', 'working');
    await photograph(window, 'contacts-refused');
    return 'calendar and tasks go on';
  });

  await stage('contacts on', async () => {
    await ask('Contacts', 'Copy your contacts', async () => {});
    await stands('contacts', 'working');
    const people = window.getByRole('listbox', { name: 'All contacts' });
    await people.getByRole('option').nth(3).click();
    await window.getByRole('article', { name: 'Person' }).getByRole('heading').waitFor();
    await expect(people.locator('img').first()).toBeVisible({ timeout: 30_000 });
    await photograph(window, 'contacts');
    return row('contacts').getByTestId('counts').innerText();
  });

  await stage('tasks withdrawn', async () => {
    control.removeScope(sub, 'https://www.googleapis.com/auth/tasks.readonly');
    control.expireAccessTokens(sub);
    await stands('tasks', 'needs-permission');
    await stands('contacts', 'working');
    await nav.getByRole('button', { name: 'Tasks' }).click();
    await window.getByRole('listbox', { name: 'Tasks to do' }).waitFor();
    await photograph(window, 'tasks-withdrawn');
    return 'their copy stays, and the others go on';
  });

  await stage('search without Google', async () => {
    const at = (ms: number) => ({ dateTime: new Date(control.now() + ms).toISOString() });
    control.insertEvent(sub, 'primary', { summary: 'Halyard briefing', start: at(0), end: at(1_800_000) });
    control.putContact(sub, { names: [{ displayName: 'Bea Halyard' }] });
    await expect(row('calendar')).toHaveAttribute('data-standing', 'working');
    const find = async (text: string) => {
      await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('search')?.click());
      await window.getByRole('combobox', { name: 'Search everything' }).fill(text);
    };
    const results = window.getByRole('listbox', { name: 'Results' });
    await find('“Halyard briefing”');
    await expect(results.getByRole('option')).toHaveText([/Halyard briefing/], { timeout: 30_000 });
    await find('“Bea Halyard”');
    await expect(results.getByRole('option')).toHaveText([/Bea Halyard/], { timeout: 30_000 });
    control.breakServices({ kind: 'drop' });
    await find('halya');
    await expect(results.getByRole('group', { name: 'Contacts' }).getByRole('option')).toHaveText('Bea Halyard');
    await photograph(window, 'search');
    await find('book ferry');
    await results.getByRole('group', { name: 'Tasks' }).getByRole('option').first().waitFor();
    await photograph(window, 'search-tasks');
    await window.keyboard.press('Enter');
    await window.getByRole('article').first().waitFor();
    control.repair();
    return 'across calendar, tasks and contacts';
  });
}
