import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attention, Cause } from '../../src/main/background/attention.ts';
import { type Calls, decideCalls } from '../../src/main/background/calls.ts';

const cause = (key: string): Cause => ({ key, accountId: 'ada', title: key, body: key });
const needs = (...keys: string[]): Attention => ({ needed: keys.map(cause), unclear: [] });
const away = { watched: false, silenced: false };
const looking = { watched: true, silenced: false };
const quiet = { watched: false, silenced: true };

/** Goes through the steps and answers, for each, what was shown and what was taken back. */
function through(...steps: [Attention, typeof away][]): string[] {
  let calls: Calls = { told: [], shown: [] };
  return steps.map(([standing, situation]) => {
    const step = decideCalls(calls, standing, situation);
    calls = step.calls;
    return [...step.show.map(({ key }) => `+${key}`), ...step.withdraw.map((key) => `-${key}`)].join(' ');
  });
}

test('a cause is told once, and taken back when it is settled', () => {
  expect(through([needs('dead'), away], [needs('dead'), away], [needs(), away], [needs(), away])).toEqual([
    '+dead',
    '',
    '-dead',
    '',
  ]);
});

test('a cause that comes back after it was settled is told anew; one that was only unclear is not', () => {
  expect(through([needs('dead'), away], [needs(), away], [needs('dead'), away])).toEqual(['+dead', '-dead', '+dead']);
  const unclear: Attention = { needed: [], unclear: ['dead'] };
  expect(through([needs('dead'), away], [unclear, away], [needs('dead'), away])).toEqual(['+dead', '', '']);
});

test('what the window shows is told by that, and what was on the screen is taken back', () => {
  expect(through([needs('dead'), looking], [needs('dead'), away])).toEqual(['', '']);
  expect(through([needs('dead'), away], [needs('dead'), looking], [needs('dead'), away])).toEqual([
    '+dead',
    '-dead',
    '',
  ]);
});

test('silence shows nothing, takes back what is shown, and forgets nothing', () => {
  expect(through([needs('dead'), quiet], [needs('dead'), away])).toEqual(['', '+dead']);
  expect(through([needs('dead'), away], [needs('dead'), quiet], [needs('dead'), away])).toEqual(['+dead', '-dead', '']);
});

test('each cause goes its own way', () => {
  expect(through([needs('a'), away], [needs('a', 'b'), away], [needs('b'), away])).toEqual(['+a', '+b', '-a']);
});

test('whatever happens: never more than one call for a stretch of one cause, and none in view or in silence', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const step = fc.record({
    needed: fc.uniqueArray(key),
    unclear: fc.uniqueArray(key),
    watched: fc.boolean(),
    silenced: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let calls: Calls = { told: [], shown: [] };
      const open = new Set<string>();
      const screen = new Set<string>();
      for (const { needed, unclear, watched, silenced } of steps) {
        const possible = [...needed, ...unclear];
        for (const each of [...open]) if (!possible.some((key) => key === each)) open.delete(each);
        const standing = { needed: needed.map(cause), unclear: unclear.filter((each) => !needed.includes(each)) };
        const { calls: next, show, withdraw } = decideCalls(calls, standing, { watched, silenced });
        calls = next;
        if (watched || silenced) expect(show).toEqual([]);
        for (const { key: shown } of show) {
          expect(open.has(shown)).toBe(false);
          open.add(shown);
          screen.add(shown);
        }
        for (const gone of withdraw) expect(screen.delete(gone)).toBe(true);
        expect([...screen].toSorted()).toEqual([...calls.shown].toSorted());
        for (const left of screen) expect(possible).toContain(left);
      }
    }),
  );
});
