import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newWorld } from './support/world.ts';

/** Makes the mirror refuse one row, as a full disk would in the middle of a page. */
function refuse(path: string, id: string) {
  const db = new Database(path);
  db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON events WHEN new.id = '${id}' BEGIN SELECT RAISE(ABORT, 'no'); END`);
  return () => db.exec('DROP TRIGGER refuse').close();
}

test('a page whose rows could not all be written leaves the cursor where it was', async () => {
  const world = await newWorld();
  const { control, sub, primary } = world;
  const pair = await world.synced();
  for (const id of ['one', 'two', 'three'])
    control.insertEvent(sub, primary, { id, summary: id, start: { date: '2026-11-05' }, end: { date: '2026-11-06' } });
  const { revision, counts } = pair.status();

  const accept = refuse(pair.path, 'two');
  await pair.sync();
  expect(pair.status()).toMatchObject({ failure: { kind: 'storage', code: 'failed' }, revision, counts });
  expect(await pair.agenda()).not.toContain('one');

  accept();
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
});

test('a page whose cursor could not be written leaves no row behind', async () => {
  const world = await newWorld();
  const { control, sub, primary } = world;
  const pair = await world.synced();
  control.insertEvent(sub, primary, {
    id: 'one',
    summary: 'one',
    start: { date: '2026-11-05' },
    end: { date: '2026-11-06' },
  });
  const { revision, counts } = pair.status();
  const db = new Database(pair.path);
  for (const event of ['INSERT', 'UPDATE'])
    db.exec(
      `CREATE TRIGGER refuse_${event} BEFORE ${event} ON cursors WHEN new.list LIKE '%${primary}%' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
  await pair.sync();
  expect(pair.status()).toMatchObject({ failure: { kind: 'storage' }, revision, counts });
  expect(await pair.agenda()).not.toContain('one');

  db.exec('DROP TRIGGER refuse_INSERT; DROP TRIGGER refuse_UPDATE').close();
  await pair.sync();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
});

test('the same holds for the sweep and the sync token at the end of a full reading', async () => {
  const world = await newWorld();
  const { control, sub, primary } = world;
  control.insertEvent(sub, primary, { id: 'doomed', summary: 'Doomed', start: { date: '2026-11-05' } });
  const pair = await world.synced();
  control.deleteEvent(sub, primary, 'doomed');
  control.expireSyncTokens();
  const db = new Database(pair.path);
  db.exec("CREATE TRIGGER refuse BEFORE DELETE ON events WHEN old.id = 'doomed' BEGIN SELECT RAISE(ABORT, 'no'); END");
  await pair.sync();
  expect(pair.status().failure).toMatchObject({ kind: 'storage' });
  expect(await pair.agenda()).toContain('Doomed');

  db.exec('DROP TRIGGER refuse').close();
  await pair.sync();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
});
