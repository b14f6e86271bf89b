import { z } from 'zod';
import { command } from './command.ts';
import type { Double } from './double.ts';
import { IDENTITY_ENDPOINTS } from './endpoints.ts';
import type { Fault, Hold } from './faults.ts';
import type { Upset } from './listing.ts';
import type { RequestPattern, RequestPredicate, RequestRecord } from './request-log.ts';

const text = z.string().min(1);
const which = z.strictObject({ times: z.number().int().positive().optional(), path: text.optional() });
const upset = z.enum(['circle', 'no-mark', 'half']);
const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(300).max(599),
    reason: text.exactOptional(),
    message: text.exactOptional(),
    retryAfter: z.number().nonnegative().exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('refusal'),
    status: z.number().int().min(400).max(599),
    body: z.enum(['none', 'page']),
    error: text.exactOptional(),
    retryAfter: z.number().nonnegative().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('latency'), ms: z.number().nonnegative() }),
  z.strictObject({ kind: z.enum(['drop', 'lost-reply', 'truncate', 'html']) }),
]);

/** What a test can do to requests under way and to the clock, and what it can ask about both. */
export function wireControl<Name extends string>(double: Double<Name>) {
  const { accounts } = double.state;
  const names = double.endpoints.map(({ name }) => name);
  const known = `There are the endpoints ${names.join(', ')}`;
  const endpoint = z.custom<Name>((given) => names.some((name) => name === given), known);
  const logged = endpoint.or(z.literal('other'));
  const pattern = z.strictObject({
    endpoint: logged.exactOptional(),
    method: text.exactOptional(),
    path: text.exactOptional(),
    status: z.number().int().exactOptional(),
  });
  return {
    /** Breaks an endpoint, for ever or for a number of requests, at every path or at those with something in them. */
    breakEndpoint: command(
      [endpoint, fault, which.optional()],
      (name: Name, what: Fault, wanted: z.infer<typeof which> = {}): void => {
        double.faults.break(name, what, wanted);
      },
    ),
    /** Breaks every endpoint of every service, for ever. */
    breakServices: command([fault], (what: Fault): void => {
      for (const name of names) if (!Object.hasOwn(IDENTITY_ENDPOINTS, name)) double.faults.break(name, what);
    }),
    repair: command([endpoint.optional()], (name?: Name): void => double.faults.repair(name)),
    /** Holds the next request to an endpoint until released. */
    hold: command([endpoint], (name: Name): Hold => double.faults.hold(name)),
    /** From now on lists are upset in this way, or no longer. */
    upsetLists: command([upset.nullable()], (how: Upset | null): void => {
      double.upset.lists = how;
    }),
    /** No page has more items from now on. */
    limitPages: command([z.number().int().positive()], (size: number): void => {
      double.upset.pageSize = size;
    }),
    moveClock: command([z.number()], (ms: number): void => {
      accounts.clockOffset += ms;
      double.changed('accounts');
    }),
    now: command([], (): number => double.now()),
    requests: command(
      [z.strictObject({ endpoint: logged.optional() }).optional()],
      (filter: { endpoint?: Name | 'other' | undefined } = {}): RequestRecord<Name>[] => double.log.all(filter),
    ),
    clearRequests: command([], (): void => double.log.clear()),
    /** The first logged request that satisfies the predicate, or is like the pattern, now or later. */
    waitForRequest: command(
      [pattern],
      (wanted: RequestPredicate<Name> | RequestPattern<Name>): Promise<RequestRecord<Name>> =>
        double.log.wait(typeof wanted === 'function' ? wanted : (record) => isLike(record, wanted)),
    ),
    /** The next use of any page token given so far answers 400. */
    expirePageTokens: command([text.optional()], (sub?: string): void => {
      for (const [id, snapshot] of double.listings) {
        if (sub === undefined || snapshot.sub === sub) double.listings.delete(id);
      }
    }),
  };
}

function isLike(record: RequestRecord, pattern: RequestPattern): boolean {
  return Object.entries(pattern).every(([name, value]) => Reflect.get(record, name) === value);
}
