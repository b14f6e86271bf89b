import { expect, test } from 'vitest';
import { Connection, ConnectionAction } from '../../src/contract/connection.ts';
import type { SyncProgress } from '../../src/contract/sync.ts';
import { actionWords, connectionWords } from '../../src/renderer/account/connection-words.ts';
import { initials } from '../../src/renderer/account/initials.ts';
import { updateWords } from '../../src/renderer/app/update-words.ts';
import { calendarFace } from '../../src/renderer/calendar/index.tsx';
import { showsCopyOnly } from '../../src/renderer/common/copy-only.ts';
import { clientFileRefusal } from '../../src/renderer/sign-in/client-file-refusal.ts';
import { nextSync, progressWords } from '../../src/renderer/sync/sync-words.ts';

const kinds = Connection.options.map((option) => option.shape.kind.value);

test('every connection has a title of its own', () => {
  expect(new Set(kinds.map((kind) => connectionWords(kind).title)).size).toBe(kinds.length);
  expect(connectionWords('needs-reconnect')).toEqual({ title: 'Reconnect needed', tone: 'attention' });
});

test('only a working connection leaves the agenda without a hint', () => {
  expect(kinds.filter((kind) => !showsCopyOnly(kind))).toEqual(['connected', 'refreshing']);
});

test('every action is a button, or nothing to press', () => {
  expect(Object.fromEntries(ConnectionAction.options.map((action) => [action, actionWords(action)?.label]))).toEqual({
    none: undefined,
    'sign-in': 'Sign in with Google',
    reconnect: 'Reconnect',
    retry: 'Try now',
    'ask-admin': undefined,
    'fix-client': 'Choose client file…',
    'fix-keychain': 'Try again',
  });
});

test('counts have their plural', () => {
  expect(calendarFace.words.counts('en-GB', { calendars: 3, events: 5_012 })).toBe('3 calendars · 5,012 events');
  expect(calendarFace.words.counts('en-GB', { calendars: 1, events: 1 })).toBe('1 calendar · 1 event');
  expect(calendarFace.words.counts('en-GB', { calendars: 0, events: 0 })).toBe('0 calendars · 0 events');
});

test('progress says what is done and which calendar is being read', () => {
  const progress = { done: 1, total: 5, items: 12_500, list: 'Work', full: true };
  const words = (more: Partial<SyncProgress>) => progressWords('en-GB', { ...progress, ...more }, calendarFace.words);
  expect(words({})).toEqual({ soFar: '12,500 events so far', where: 'Calendar 2 of 5 (Work)' });
  expect(words({ done: 5, list: null }).where).toBe('Calendar 5 of 5');
  expect(words({ done: 0, total: null, items: 0 })).toEqual({ soFar: '0 events so far', where: '' });
});

test('the next sync is a moment, unless one is running, paused or not planned', () => {
  expect(nextSync({ running: false, nextAt: 5 }, false, 'connected')).toEqual({ at: 5, words: null });
  expect(nextSync({ running: false, nextAt: null }, false, 'connected').words).toBe('not planned');
  expect(nextSync({ running: false, nextAt: 5 }, true, 'connected').words).toBe('paused');
  // A sync that somebody asked for runs in a pause, too.
  expect(nextSync({ running: true, nextAt: null }, true, 'connected').words).toBe('running now');
});

test('no next sync is promised that waits for a reconnect', () => {
  expect(nextSync({ running: false, nextAt: 5 }, false, 'needs-reconnect').words).toBe('waits for you');
  // Those get through by themselves, once what stands in their way has gone.
  expect(nextSync({ running: false, nextAt: 5 }, false, 'offline').at).toBe(5);
  expect(nextSync({ running: false, nextAt: 5 }, false, 'keychain-unavailable').at).toBe(5);
});

test('an update that waits asks for a restart, one that is only announced does not', () => {
  expect(updateWords({ kind: 'ready', version: '1.2.3' })).toBe('Mooring 1.2.3 is ready. Restart to use it.');
  expect(updateWords({ kind: 'announced', version: '1.2.3' })).not.toContain('Restart');
});

test('initials stand for whoever has no picture', () => {
  expect(initials('Ada Lovelace', 'ada@byron.example')).toBe('AL');
  expect(initials('  Gaius Julius Caesar ', 'g@rome.example')).toBe('GC');
  expect(initials('madonna', 'm@music.example')).toBe('M');
  expect(initials('', 'zoe@example.com')).toBe('Z');
  expect(initials('😀 Smile', 's@example.com')).toBe('😀S');
});

test('a dropped file is refused when it cannot be the one', () => {
  expect(clientFileRefusal([{ size: 600 }])).toBeNull();
  expect(clientFileRefusal([{ size: 65_536 }])).toBeNull();
  expect(clientFileRefusal([{ size: 65_537 }])).toContain('64 KB');
  expect(clientFileRefusal([{ size: 1 }, { size: 1 }])).toContain('one file');
  expect(clientFileRefusal([])).toContain('not a file');
});
