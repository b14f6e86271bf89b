import { signedIn } from './signed-in.ts';
import { expect, test } from './test.ts';
import { insertToday } from './views.ts';

test.describe('the search', () => {
  test('is opened by the menu, finds without Google, and opens what it found', async ({ world }) => {
    const { control } = world.google;
    const { app, window } = await signedIn(world);
    insertToday(world, 'Regatta briefing');
    await expect(window.getByRole('region', { name: 'Agenda' }).getByText('Regatta briefing')).toBeVisible();
    control.breakServices({ kind: 'drop' });
    await window.getByRole('button', { name: 'Settings' }).click();
    const item = await app.evaluate(({ Menu }) => {
      const search = Menu.getApplicationMenu()?.getMenuItemById('search');
      search?.click();
      return search?.accelerator;
    });
    expect(item).toBe('CommandOrControl+K');
    const field = window.getByRole('combobox', { name: 'Search everything' });
    await field.fill('regatta');
    const results = window.getByRole('listbox', { name: 'Results' }).getByRole('option');
    await expect(results).toHaveCount(1);
    await expect(window.getByText('Not searched, because it is not copied: Tasks and Contacts.')).toBeVisible();
    await field.press('Enter');
    await expect(window.getByRole('dialog', { name: 'Regatta briefing' })).toBeVisible();
  });
});
