import { z } from 'zod';
import { personFor } from '../../google/core/access.ts';
import { type Command, type Commands, command } from '../../google/core/command.ts';
import type { Double } from '../../google/core/double.ts';
import { apiError, badParameter } from '../../google/core/errors.ts';
import { digestOf, followPageToken, freeze, listText, readPage } from '../../google/core/listing.ts';
import type { Part, SeedOptions } from '../../google/core/part.ts';
import { seal, unseal } from '../../google/core/seal.ts';
import { shelfContract } from './contract.ts';
import { shelves } from './mirror.ts';

interface Thing {
  readonly shelf: string;
  readonly id: string;
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Shelves {
  version: number;
  /** Marks of an older epoch are forgotten. */
  epoch: Record<string, number>;
  things: Record<string, Thing[]>;
}

interface Mark {
  readonly sub: string;
  readonly shelf: string;
  readonly version: number;
  readonly epoch: number;
}

const text = z.string().min(1);
const body = z.record(z.string(), z.unknown());
type Body = z.infer<typeof body>;

/** How the double has a service of shelves: pages, sync tokens, tombstones. */
export function shelfPart(name: string) {
  const lower = name.toLowerCase();
  const { scopes } = shelfContract(name);
  const route = `/${lower}/v1/shelves/:shelf`;
  const api = { name: `Google ${name} API`, product: name, service: `${lower}.googleapis.com` };

  function write(state: Shelves, sub: string, shelf: string, id: string, given: Body): void {
    state.version += 1;
    const others = (state.things[sub] ?? []).filter((thing) => thing.id !== id || thing.shelf !== shelf);
    state.things[sub] = [...others, { shelf, id, version: state.version, body: { id, ...given } }];
  }

  const find = (state: Shelves, sub: string, title: string): Thing => {
    const found = state.things[sub]?.find((thing) => thing.body['title'] === title);
    if (!found) throw new Error(`No thing ${title}`);
    return found;
  };
  const live = (state: Shelves, sub: string, shelf: string) =>
    (state.things[sub] ?? []).filter((thing) => thing.shelf === shelf && thing.body['deleted'] !== true);

  function controlOf(_double: Double, state: Shelves, changed: () => void): Commands {
    const own = {
      put: command([text, text, text, body], (sub, shelf, id, given) => write(state, sub, shelf, id, given)),
      rename: command([text, text, text], (sub, from, to) => {
        const { shelf, id } = find(state, sub, from);
        write(state, sub, shelf, id, { title: to });
      }),
      remove: command([text, text], (sub, title) => {
        const { shelf, id } = find(state, sub, title);
        write(state, sub, shelf, id, { deleted: true });
      }),
      fill: command([text, z.number().int().nonnegative()], (sub, amount) => {
        for (const { shelf, id } of state.things[sub] ?? []) write(state, sub, shelf, id, { deleted: true });
        for (let at = 0; at < amount; at += 1) {
          write(state, sub, shelves[at % shelves.length] ?? '', `thing${at}`, { title: `${name} number ${at}` });
        }
      }),
      forget: command([text], (sub) => {
        state.epoch[sub] = (state.epoch[sub] ?? 0) + 1;
      }),
      truth: command([text], (sub) =>
        Object.fromEntries(shelves.map((shelf) => [shelf, live(state, sub, shelf).map((thing) => thing.body)])),
      ),
    };
    // Several services of shelves stand side by side, so their functions have names of their own.
    const named = Object.entries<Command>(own).map(([key, run]) => {
      const saved = (...given: never[]) => {
        const result = run(...given);
        changed();
        return result;
      };
      return [`${lower}_${key}`, Object.assign(saved, { parameters: run.parameters })];
    });
    return Object.fromEntries(named);
  }
  const call = (control: Commands, what: string, ...given: unknown[]): unknown =>
    control[`${lower}_${what}`]?.(...(given as never[]));

  return {
    api,
    endpoints: { [lower]: route },
    scopes: Object.fromEntries(scopes.map((scope) => [scope, `See what is on your shelves of ${name}`])),
    seed(people, _options: SeedOptions, _now: number): Shelves {
      return { version: 0, epoch: {}, things: Object.fromEntries(people.map(({ sub }) => [sub, []])) };
    },
    welcome(state, person) {
      state.things[person.sub] = [];
    },
    routes(app, double, state) {
      app.get(route, (c) => {
        const sub = personFor(double, c, api, scopes);
        if (sub instanceof Response) return sub;
        const shelf = c.req.param('shelf') ?? '';
        const query = new URL(c.req.url).searchParams;
        const bound = `${lower}/${shelf} ${digestOf(query, ['pageToken', 'pageSize'])}`;
        const epoch = state.epoch[sub] ?? 0;
        const pageToken = query.get('pageToken');
        const given = query.get('syncToken');
        const mark = given === null ? null : (unseal(double.state.accounts.sealKey, given) as Mark | undefined);
        if (mark !== null && (mark?.sub !== sub || mark.shelf !== shelf || mark.epoch !== epoch)) {
          return apiError({ status: 410, reason: 'fullSyncRequired', message: 'Sync token is no longer valid.' });
        }
        const items = () =>
          mark === null
            ? live(state, sub, shelf)
            : (state.things[sub] ?? []).filter((thing) => thing.shelf === shelf && thing.version > mark.version);
        const last = { sub, shelf, version: state.version, epoch } satisfies Mark;
        const found =
          pageToken === null
            ? {
                snapshot: freeze(double, {
                  sub,
                  digest: bound,
                  items: items().map((thing) => thing.body),
                  last: { nextSyncToken: seal(double.state.accounts.sealKey, last) },
                  etag: String(state.version),
                  emptyPages: false,
                }),
                offset: 0,
                page: 0,
              }
            : followPageToken(double, pageToken, sub, bound);
        if (!found) return badParameter('pageToken', 'Invalid page token value.');
        const size = Number(query.get('pageSize') ?? 50);
        const page = readPage(double, found.snapshot, found.offset, found.page, size);
        return c.body(listText(page.head, 'things', page.items, undefined, ''), 200, {
          'content-type': 'application/json',
        });
      });
    },
    control: controlOf,
    fixture: {
      path: `/${lower}/v1/shelves/${shelves[0]}`,
      add: (control, sub, title) => void call(control, 'put', sub, shelves[0], title, { title }),
      rename: (control, sub, from, to) => void call(control, 'rename', sub, from, to),
      remove: (control, sub, title) => void call(control, 'remove', sub, title),
      fill: (control, sub, amount) => void call(control, 'fill', sub, amount),
      addOdd(control, sub) {
        call(control, 'put', sub, shelves[0], 'bare', {});
        call(control, 'put', sub, shelves[0], 'strange', { title: 7, deleted: 'perhaps', more: [null] });
      },
      forgetMarks: (control, sub) => void call(control, 'forget', sub),
      truth: (control, sub) => call(control, 'truth', sub),
    },
  } as const satisfies Part<Shelves, unknown, Commands>;
}
