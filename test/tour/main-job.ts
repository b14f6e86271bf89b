import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { answerClosing, closeWindow, watchDesktop, windowStands } from '../e2e/desktop.ts';
import type { World } from '../e2e/world.ts';
import { playServices } from './services.ts';
import { startTimeline } from './timeline.ts';

/** Plays the main job from first run to reconnect; each stage is measured and photographed. Answers how many there were. */
export async function playMainJob(
  world: World,
  tools: { print: (line: string) => void; photograph: (page: Page, name: string) => Promise<void> },
): Promise<number> {
  const { print, photograph } = tools;
  const { google, browser } = world;
  const { control } = google;
  const [ada] = control.people();
  if (ada === undefined) throw new Error('The double knows nobody.');
  const { stage, stages } = startTimeline(print);
  const insert = (summary: string) => {
    const at = (ms: number) => ({ dateTime: new Date(control.now() + ms).toISOString() });
    control.insertEvent(ada.sub, 'primary', { summary, start: at(0), end: at(1_800_000) });
  };

  let launched: Awaited<ReturnType<typeof world.launch>> | undefined;
  await stage('start', async () => {
    launched = await world.launch();
    await launched.window.getByRole('button', { name: 'Sign in with Google' }).waitFor();
    await photograph(launched.window, 'first-run');
    return `running on ${launched.app.host === 'electron' ? 'Electron' : 'the stand-in for Electron'}`;
  });
  if (launched === undefined) throw new Error('The app did not start.');
  const { app, window } = launched;
  const connection = window.getByRole('region', { name: 'Connection' });
  const agenda = window.getByRole('region', { name: 'Agenda' });
  const counts = window.getByTestId('counts');
  const is = (kind: string) => expect(connection).toHaveAttribute('data-connection', kind, { timeout: 30_000 });

  // The second page of events is held back, so that the middle of the first sync can be seen.
  const first = control.hold('events');
  const second = control.hold('events');
  void first.arrived.then(first.release);

  await stage('sign-in', async () => {
    const opened = browser.nextPage();
    await window.getByRole('button', { name: 'Sign in with Google' }).click();
    const page = await opened;
    await page.getByRole('list', { name: 'Accounts' }).waitFor();
    await photograph(page, 'choose-account');
    await photograph(window, 'waiting-for-browser');
    await page.getByRole('button', { name: ada.name }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await photograph(page, 'consent');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await photograph(page, 'signed-in');
    await is('connected');
    return ada.email;
  });

  await stage('full sync', async () => {
    await second.arrived;
    await window.getByRole('progressbar', { name: 'Sync progress' }).waitFor();
    await window.getByText(/[1-9][\d,]* events so far/).waitFor();
    await photograph(window, 'full-sync');
    second.release();
    const total = control
      .calendars(ada.sub)
      .flatMap(({ id }) => control.events(ada.sub, id ?? ''))
      .filter((event) => event.status !== 'cancelled').length;
    await expect(counts).toContainText(total.toLocaleString('en'), { timeout: 60_000 });
    await expect(window.getByRole('progressbar')).toBeHidden({ timeout: 30_000 });
    await photograph(window, 'mirrored');
    return `${await counts.innerText()} in ${control.requests({ endpoint: 'events' }).length} requests`;
  });

  await stage('change', async () => {
    insert('Tide table review');
    await agenda.getByText('Tide table review').waitFor();
    await photograph(window, 'changed');
    return 'a new event at Google is in the agenda';
  });

  await stage('minimise', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const minimised = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
    return minimised ? 'the window is minimised' : 'the window did not minimise';
  });

  await stage('background sync', async () => {
    control.clearRequests();
    insert('Written while minimised');
    await agenda.getByText('Written while minimised').waitFor({ state: 'attached', timeout: 30_000 });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore());
    await photograph(window, 'synced-in-background');
    return `${control.requests({ endpoint: 'events' }).length} incremental requests`;
  });

  const desktop = await watchDesktop(app);
  await stage('close', async () => {
    await answerClosing(app, 0);
    await closeWindow(app);
    control.clearRequests();
    insert('Written while in the tray');
    await agenda.getByText('Written while in the tray').waitFor({ state: 'attached', timeout: 30_000 });
    const stands = await windowStands(app);
    await desktop.choose('open');
    return `the window is ${stands}, the tray says “${await desktop.toolTip()}”`;
  });

  await stage('pause', async () => {
    await desktop.choose('pause-hour');
    await window.getByRole('region', { name: 'Pause' }).waitFor();
    await photograph(window, 'paused');
    await window.getByRole('button', { name: 'Settings' }).click();
    await window.getByRole('checkbox', { name: 'Start Mooring when I log in' }).waitFor();
    await photograph(window, 'settings');
    await window.getByRole('button', { name: 'Resume now' }).click();
    await window.keyboard.press('Escape');
    await expect(window.getByRole('region', { name: 'Pause' })).toBeHidden();
    return 'for an hour from the tray, and ended in the settings';
  });

  await stage('revoke', async () => {
    control.revokeGrant(ada.sub);
    control.expireAccessTokens(ada.sub);
    return 'Google has cut the grant off';
  });

  await stage('detection', async () => {
    await is('needs-reconnect');
    await photograph(window, 'reconnect-needed');
    return `shown as: ${await connection.getByRole('heading').innerText()}`;
  });

  await stage('reconnect', async () => {
    insert('Written while cut off');
    control.clearRequests();
    const opened = browser.nextPage();
    await window.getByRole('button', { name: 'Reconnect' }).click();
    const page = await opened;
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await photograph(page, 'reconnect-consent');
    await page.getByRole('button', { name: 'Continue' }).click();
    await is('connected');
    await agenda.getByText('Written while cut off').waitFor();
    await agenda.getByText('Written while minimised').waitFor();
    await photograph(window, 'reconnected');
    const anew = control.requests({ endpoint: 'events' }).filter(({ query }) => !('syncToken' in query)).length;
    return `nothing lost; ${anew} calendars had to be read anew`;
  });
  await playServices(world, launched, { stage, photograph });
  return stages.length;
}
