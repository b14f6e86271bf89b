import { expect, test } from 'vitest';
import type { AgendaItem } from '../../src/contract/calendar.ts';
import { Connection } from '../../src/contract/connection.ts';
import type { Standing } from '../../src/contract/standing.ts';
import type { SignIn } from '../../src/contract/state.ts';
import type { SyncFailure } from '../../src/contract/sync.ts';
import { idleSync } from '../../src/contract/sync.ts';
import { needsAction } from '../../src/renderer/account/connection-words.ts';
import { whoseItem } from '../../src/renderer/calendar/whose-item.ts';
import { copyOnlyWords } from '../../src/renderer/common/copy-only.ts';
import { labelOf } from '../../src/renderer/common/region-label.ts';
import { addable, signInPlace } from '../../src/renderer/sign-in/sign-in-place.ts';
import { concernsFile, fileTrouble } from '../../src/renderer/sync/storage-trouble.ts';
import { offline, view, working } from './views.ts';

const waiting = (accountId: string | null): SignIn => ({
  kind: 'waiting',
  purpose: accountId === null ? 'sign-in' : 'reconnect',
  accountId,
  silent: false,
  note: null,
  stranger: null,
});

test('a region says whose it is only where there is more than one', () => {
  expect(labelOf('Connection', null)).toBe('Connection');
  expect(labelOf('Connection', 'ada@example.com')).toBe('Connection of ada@example.com');
});

test('an attempt to sign in is shown with its account, or on its own', () => {
  const accounts = [view('ada'), view('grace')];
  expect(signInPlace(waiting('grace'), accounts)).toBe('grace');
  expect(signInPlace(waiting(null), accounts)).toBeNull();
  expect(signInPlace(waiting('gone'), accounts)).toBeNull();
});

test('who was chosen by mistake can be added, unless they are there already', () => {
  const chose = (chosen: string | null): SignIn => ({ kind: 'idle', outcome: null, accountId: 'ada', chosen });
  expect(addable(chose('grace@example.com'), [view('ada')])).toBe('grace@example.com');
  expect(addable(chose('grace@example.com'), [view('ada'), view('grace')])).toBeNull();
  expect(addable(chose(null), [view('ada')])).toBeNull();
  expect(addable(waiting('ada'), [view('ada')])).toBeNull();
});

test('only what waits for somebody is emphasised', () => {
  const kinds = Connection.options.map((option) => option.shape.kind.value);
  expect(kinds.filter((kind) => needsAction(kind))).toEqual([
    'needs-reconnect',
    'blocked-by-admin',
    'app-misconfigured',
    'keychain-unavailable',
  ]);
});

test('the agenda says whose part may be old', () => {
  expect(copyOnlyWords([view('ada'), view('grace')], 'calendar')).toBeNull();
  expect(copyOnlyWords([view('ada', offline)], 'calendar')).toBe('Shown from this computer’s copy');
  expect(copyOnlyWords([view('ada', offline), view('grace', offline)], 'calendar')).toBe(
    'Shown from this computer’s copy',
  );
  expect(copyOnlyWords([view('ada'), view('grace', offline)], 'calendar')).toBe(
    'From this computer’s copy: grace@example.com',
  );
  const off = { standing: { ...working, kind: 'off' } as Standing, sync: { ...idleSync, lastSuccessAt: 1 } };
  expect(copyOnlyWords([{ ...view('ada'), services: { calendar: off } }], 'calendar')).toBe(
    'Shown from this computer’s copy',
  );
  const never = { ...off, sync: idleSync };
  expect(copyOnlyWords([{ ...view('ada'), services: { calendar: never } }, view('grace')], 'calendar')).toBeNull();
});

test('an item tells its calendar and its account, and an address once', () => {
  const whose = whoseItem([view('ada'), view('grace')]);
  const item = (accountId: string, calendarName: string) => ({ accountId, calendarName }) as AgendaItem;
  expect(whose(item('grace', 'Rowing'))).toBe('Rowing · grace@example.com');
  expect(whose(item('ada', 'ada@example.com'))).toBe('ada@example.com');
  expect(whose(item('gone', 'Rowing'))).toBe('Rowing');
});

test('a damaged file is everybody’s, any other failure is not', () => {
  const damaged: SyncFailure = { kind: 'storage', code: 'SQLITE_CORRUPT', sentence: 'Damaged.', rebuild: true };
  const full: SyncFailure = { ...damaged, code: 'SQLITE_FULL', rebuild: false };
  expect([damaged, full, null].map(concernsFile)).toEqual([true, false, false]);
  expect(fileTrouble([view('ada'), view('grace', offline, damaged)])).toEqual(damaged);
  expect(fileTrouble([view('ada', offline, full), view('grace')])).toBeNull();
});
