import type { Person } from '../core/model.ts';
import { between, chance, pick, seeded } from '../core/random.ts';
import { insertList, type List, putTask, type Task, type TaskLibrary } from './model.ts';

const TITLES = [
  'Renew the passport',
  'Call the plumber about the boiler',
  'Write to Grace',
  'Buy oats, rice & 牛乳',
  'Read “The Mythical Man-Month”',
  'Book the ferry to Stornoway',
  'Book Zürich → Genève',
  'Pay the council tax',
  'Water the plants 🌱',
  'حجز موعد الطبيب',
  'Return the drill to Tomáš',
  'x'.repeat(1_024),
  '',
] as const;

const NOTES = [
  'Reference QX7-PLM. Ask for the signed copy.',
  'First the cellar,\nthen the loft.',
  'https://example.com/notes and +44 20 7946 0958',
  'long '.repeat(1_600).trim(),
] as const;

const LISTS = ['My Tasks', 'Groceries', 'House', 'Someday'] as const;
const day = 86_400_000;

/** Gives a person task lists in place of what there is: `tasks` in the first, a tenth as many in each other. */
export function seedTasks(
  library: TaskLibrary,
  person: Person,
  size: { lists: number; tasks: number; seed: number },
  now: number,
): void {
  library.bySub[person.sub] = [];
  const today = Math.floor(now / day) * day;
  for (let at = 0; at < size.lists; at += 1) {
    const list = insertList(library, person.sub, LISTS[at] ?? `List ${at + 1}`, today);
    const amount = at === 0 ? size.tasks : Math.ceil(size.tasks / 10);
    fill(library, list, amount, size.seed, `tasks ${person.sub} ${at}`, today);
  }
}

function fill(library: TaskLibrary, list: List, amount: number, seed: number, stream: string, now: number): void {
  const random = seeded(seed, stream);
  let parent: string | null = null;
  for (let at = 0; at < amount; at += 1) {
    const task: Task = { id: `${stream.replaceAll(' ', '-')}-${at}`, title: pick(random, TITLES) };
    // What a person adds comes first, so places run backwards, and hardly anywhere in the order of arrival.
    task.position = String(10_000_000 + ((at * 7_919) % 9_999_991)).padStart(20, '0');
    const assigned = chance(random, 0.05);
    if (parent !== null && !assigned && chance(random, 0.25)) task.parent = parent;
    if (chance(random, 0.4)) task.notes = pick(random, NOTES);
    if (chance(random, 0.5)) task.due = new Date(now + between(random, -60, 90) * day).toISOString();
    if (chance(random, 0.3)) {
      task.status = 'completed';
      task.completed = new Date(now - between(random, 0, 400) * day).toISOString();
      // Google's own apps hide what is done in them.
      if (chance(random, 0.7)) task.hidden = true;
    }
    if (chance(random, 0.05)) {
      task.links = [{ type: 'email', description: 'Your booking', link: 'https://mail.google.com/mail/#all/17a' }];
    }
    if (assigned) task.assignmentInfo = assignment(chance(random, 0.5), at);
    if (chance(random, 0.03)) task.deleted = true;
    const made = putTask(library, list, task, now);
    if (!made.parent && !assigned && made.id) parent = made.id;
  }
}

function assignment(inDocument: boolean, at: number): NonNullable<Task['assignmentInfo']> {
  return inDocument
    ? {
        surfaceType: 'DOCUMENT',
        linkToTask: `https://docs.google.com/document/d/doc${at}/edit`,
        driveResourceInfo: { driveFileId: `doc${at}` },
      }
    : {
        surfaceType: 'SPACE',
        linkToTask: `https://chat.google.com/room/space${at}`,
        spaceInfo: { space: `spaces/space${at}` },
      };
}
