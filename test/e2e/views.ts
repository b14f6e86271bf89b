import type { Page } from 'playwright';
import type { RequestRecord } from '../google/index.ts';
import type { World } from './world.ts';

/** The parts of the window, by the names that a screen reader says. */
export const connection = (window: Page) => window.getByRole('region', { name: 'Connection' });
export const service = (window: Page, name = 'calendar') => window.locator(`[data-service="${name}"]`);
export const agenda = (window: Page) => window.getByRole('region', { name: 'Agenda' });
export const signInButton = (window: Page) => window.getByRole('button', { name: 'Sign in with Google' });
export const notice = (window: Page, code: string) => window.locator(`[role=alert][data-code="${code}"]`);

/** What the window says the copy holds. */
export async function counts(window: Page): Promise<{ calendars: number; events: number }> {
  const [calendars, events] = (await window.getByTestId('counts').innerText()).split('·');
  const digits = (text = '') => Number(text.replaceAll(/\D/g, ''));
  return { calendars: digits(calendars), events: digits(events) };
}

/** What there is to be copied: live events, without the tombstones of cancelled occurrences. */
export function truth({ google: { control } }: World, sub: string): { calendars: number; events: number } {
  const calendars = control.calendars(sub);
  const live = calendars.flatMap(({ id }) => control.events(sub, id!).filter(({ status }) => status !== 'cancelled'));
  return { calendars: calendars.length, events: live.length };
}

/** The first of Google's people, as whom the tests sign in. */
export const ada = (world: World): string => world.google.control.people()[0]!.sub;

/** An event of today, Ada's unless somebody else is named; the title is one that no other event has. */
export function insertToday(world: World, summary: string, sub: string = ada(world)) {
  const now = world.google.control.now();
  const at = (ms: number) => ({ dateTime: new Date(ms).toISOString() });
  return world.google.control.insertEvent(sub, 'primary', { summary, start: at(now), end: at(now + 600_000) });
}

export const isIncremental = ({ endpoint, query }: RequestRecord) => endpoint === 'events' && 'syncToken' in query;
