import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/contract/clock.ts';
import { openMirror } from '../../src/daemon/services.ts';
import { GoogleTask } from '../../src/daemon/tasks/api.ts';
import { taskRow } from '../../src/daemon/tasks/rows.ts';
import { seeded } from '../google/core/random.ts';

// How long a search takes in a mirror of so many tasks of about 60 words each, and how fast they are stored with the index.
// The words are as unevenly common as those of a language. node test/bench/search.ts [tasks]

const amount = Number(process.argv[2] ?? 200_000);
const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
const path = join(folder, 'mirror.sqlite');
const line = (text: string) => console.log(text);
const number = (value: number) => Math.round(value).toLocaleString('en');

const letters = 'etaoinshrdlucmfwypvbgk';
const spell = (index: number): string =>
  index < letters.length
    ? `${letters[index]}a`
    : `${spell(Math.floor(index / letters.length) - 1)}${letters[index % letters.length]}`;
const random = seeded(1, 'search');
/** Zipf's law: the nth word is about n times as rare as the first. */
const word = () => spell(Math.floor(50_000 ** random()));
const words = (count: number) => Array.from({ length: count }, word).join(' ');

let store = openMirror(path);
store.write(() => {
  store.accounts.add('ada');
  store.mirrors.tasks.taskLists.put('ada', { id: 'list', title: 'Everything', body: '{}' }, 1);
});
let spent = 0;
let slowest = 0;
for (let at = 0; at < amount; at += 2_500) {
  const page = Array.from({ length: Math.min(2_500, amount - at) }, (_, index) => {
    const rare = (at + index) % Math.ceil(amount / 20) === 7 ? ' quixotic lighthouse' : '';
    const half = random() < 0.5 ? ' everyday' : '';
    const common = random() < 0.026 ? ' monthly' : '';
    const due = new Date(Date.UTC(2026, 10, 1) + Math.floor(random() * 2_000 - 1_000) * 86_400_000).toISOString();
    return { id: `task-${at + index}`, title: `${words(5)}${rare}`, notes: `${words(55)}${half}${common}`, due };
  });
  const began = performance.now();
  store.write(() => {
    for (const task of page) {
      store.mirrors.tasks.tasks.put(
        'ada',
        'list',
        taskRow({ item: GoogleTask.parse(task), body: JSON.stringify(task) }),
        1,
      );
    }
  });
  const took = performance.now() - began;
  spent += took;
  slowest = Math.max(slowest, took);
}
line(
  `${number(amount)} stored and indexed, 2,500 a transaction: ${number((amount / spent) * 1_000)} rows/s, slowest transaction ${number(slowest)} ms`,
);
store.close();

const sources = new Map([['tasks', ['tasks']]]);
const wish = (text: string) => ({ text, from: null, to: null, limit: 20, after: null, accounts: ['ada'], sources });
const queries: readonly (readonly [string, string])[] = [
  ['rare word', 'quixotic '],
  ['common word (2.6 %)', 'monthly '],
  ['word in half of all', 'everyday '],
  ['the most common word', 'ta '],
  ['two words', 'monthly everyday '],
  ['three words', 'ta oa monthly '],
  ['two-letter beginning', 'ev'],
  ['two-letter beginning, common', 'ta'],
  ['four-letter beginning', 'mont'],
  ['phrase', '"quixotic lighthouse"'],
  ['phrase of common words', '"ta oa"'],
  ['piece of a word', 'ghthous'],
  ['typing error', 'lighthuose '],
  ['nothing like it', 'zzzzzzzz '],
];
const search = (text: string) => store.search.find(wish(text), systemClock, new AbortController().signal);
const all: number[] = [];
for (const [what, text] of queries) {
  store = openMirror(path);
  const times: number[] = [];
  let found = 0;
  for (let run = 0; run < 21; run += 1) {
    const began = performance.now();
    const { groups } = await search(text);
    times.push(performance.now() - began);
    found = groups[0]?.hits.length ?? 0;
  }
  store.close();
  const [cold = 0, ...warm] = times;
  warm.sort((a, b) => a - b);
  all.push(...warm);
  line(
    `${what.padEnd(32)} ${String(found).padStart(3)} hits   first ${cold.toFixed(1).padStart(7)} ms   median ${(warm[10] ?? 0).toFixed(1).padStart(7)} ms   p95 ${(warm[18] ?? 0).toFixed(1).padStart(7)} ms`,
  );
}
all.sort((a, b) => a - b);
line(`all of them: p95 ${(all[Math.floor(all.length * 0.95)] ?? 0).toFixed(1)} ms`);
rmSync(folder, { recursive: true });
