import { randomUUID } from 'node:crypto';
import type { calendar_v3 } from '@googleapis/calendar';
import * as library from '../calendar/library.ts';
import { type CalendarSeed, seedCalendars, seedPrimary } from '../calendar/seed.ts';
import { type Double, issued, type Unsettled } from './double.ts';
import { type DpopMode, type DpopRefusal, newNonces } from './dpop.ts';
import type { Endpoint, Fault, Hold } from './faults.ts';
import { endGrant, killRefreshTokens } from './grants.ts';
import type { Misbehaviour } from './misbehave.ts';
import { type DeathCause, type Grant, type Person, personOf } from './model.ts';
import { makePerson, type NewPerson, pictureUrl } from './people.ts';
import type { RequestPredicate, RequestRecord } from './request-log.ts';

type Event = calendar_v3.Schema$Event;
type Entry = calendar_v3.Schema$CalendarListEntry;

/** All that a test can do to the double from behind. */
export type GoogleControl = ReturnType<typeof makeControl>;

/** The control functions: people and calendars, grants, misbehaviour, faults, the clock, and what was asked. */
export function makeControl(double: Double) {
  return { ...dataControl(double), ...grantControl(double), ...wireControl(double) };
}

function dataControl(double: Double) {
  const { accounts, calendars } = double.state;
  const calendarOf = (sub: string, calendarId: string) => library.calendarOf(calendars, sub, calendarId);
  const changed = <T>(result: T): T => {
    double.changed('calendars');
    return result;
  };
  return {
    people: (): (Person & { picture: string })[] =>
      accounts.people.map((person) => ({ ...person, picture: pictureUrl(double.issuer, person) })),
    /** Adds a person with an empty primary calendar. */
    addPerson(given: NewPerson): Person {
      const person = makePerson(given, Math.random);
      accounts.people.push(person);
      changed(seedPrimary(calendars, person));
      double.changed('accounts');
      return { ...person };
    },
    /** Replaces a person's calendars: `events` rows in the primary one, a tenth as many in each other. */
    seedCalendars(sub: string, given: Partial<CalendarSeed> = {}): void {
      const size = { calendars: 3, events: 50, seed: 1, ...given };
      changed(seedCalendars(calendars, personOf(accounts, sub), size, double.now()));
    },
    calendars: (sub: string): Entry[] =>
      library.calendarsOf(calendars, sub).flatMap((calendar) => (calendar.deleted ? [] : [calendar.entry])),
    /** The live truth of a calendar: what is not deleted, and the cancelled exceptions. */
    events: (sub: string, calendarId: string): Event[] => library.liveEvents(calendarOf(sub, calendarId)),
    insertEvent(sub: string, calendarId: string, partial: Event): Event {
      const id = partial.id ?? randomUUID().replaceAll('-', '');
      return changed(library.insertEvent(calendars, calendarOf(sub, calendarId), id, { ...partial, id }, double.now()));
    },
    /** Changes an event; for the id of an instance without a row, makes the exception. */
    updateEvent: (sub: string, calendarId: string, id: string, patch: Event): Event =>
      changed(library.updateEvent(calendars, calendarOf(sub, calendarId), id, patch, double.now())),
    deleteEvent: (sub: string, calendarId: string, id: string): void =>
      changed(library.deleteEvent(calendars, calendarOf(sub, calendarId), id)),
    cancelInstance: (sub: string, calendarId: string, masterId: string, originalStart: string): Event =>
      changed(library.cancelInstance(calendars, calendarOf(sub, calendarId), masterId, originalStart)),
    insertCalendar(sub: string, partial: Entry): Entry {
      const id = partial.id ?? `${randomUUID().replaceAll('-', '')}@group.calendar.google.com`;
      return changed(library.insertCalendar(calendars, personOf(accounts, sub).sub, { ...partial, id }).entry);
    },
    updateCalendar: (sub: string, calendarId: string, patch: Entry): Entry =>
      changed(library.updateCalendar(calendars, sub, calendarOf(sub, calendarId).id, patch).entry),
    deleteCalendar: (sub: string, calendarId: string): void =>
      changed(library.deleteCalendar(calendars, sub, calendarId)),
    /** The next use of any sync token given so far answers 410. */
    expireSyncTokens(sub?: string): void {
      const { syncEpoch } = calendars;
      const subs = sub === undefined ? accounts.people.map((person) => person.sub) : [sub];
      for (const each of subs) syncEpoch[each] = (syncEpoch[each] ?? 0) + 1;
      double.changed('calendars');
    },
    /** The next use of any page token given so far answers 400. */
    expirePageTokens(sub?: string): void {
      for (const [id, snapshot] of double.listings) {
        if (sub === undefined || snapshot.sub === sub) double.listings.delete(id);
      }
    },
    /** Empty pages with a page token: always, never, or in calendars of more than 1,000 events. */
    emptyPages(when: boolean | 'large calendars'): void {
      calendars.emptyPages = when;
      double.changed('calendars');
    },
    /** Whether deleting a recurring event also tells the deletion of each exception. */
    exceptionsFollowMaster(follow: boolean): void {
      calendars.exceptionsFollowMaster = follow;
      double.changed('calendars');
    },
  };
}

function grantControl(double: Double) {
  const { accounts } = double.state;
  const changed = () => double.changed('accounts');
  return {
    grants: (sub?: string): (Grant & { liveRefreshTokens: number })[] =>
      Object.values(accounts.grants)
        .filter((grant) => sub === undefined || grant.sub === sub)
        .map((grant) => ({
          ...grant,
          scopes: [...grant.scopes],
          liveRefreshTokens: accounts.refreshTokens.filter((token) => token.sub === grant.sub && !token.dead).length,
        })),
    /** As if the person had removed the app in the Google account's settings. */
    revokeGrant(sub: string): void {
      endGrant(accounts, sub);
      changed();
    },
    /** The API answers 401 to every access token given so far. */
    expireAccessTokens(sub?: string): void {
      accounts.accessTokens = accounts.accessTokens.filter((token) => sub !== undefined && token.sub !== sub);
      changed();
    },
    /** The causes that end the consent end the whole grant; the others leave it, and access tokens live on. */
    expireRefreshTokens(sub: string, cause: DeathCause): void {
      if (cause === 'revoked' || cause === 'testing-7-days') endGrant(accounts, sub, cause);
      else killRefreshTokens(accounts, sub, cause);
      changed();
    },
    /** Time-limited access, from the next consent on. */
    setTimeLimit(sub: string, seconds: number | null): void {
      personOf(accounts, sub).timeLimit = seconds;
      changed();
    },
    /** In testing, consents last seven days. */
    setPublishing(status: 'production' | 'testing'): void {
      accounts.client.publishing = status;
      changed();
    },
    blockByAdmin(sub: string, blocked: boolean): void {
      personOf(accounts, sub).blockedByAdmin = blocked;
      changed();
    },
    /** Limits the client to people of one Workspace domain (org_internal). */
    setInternal(hd: string | null): void {
      accounts.client.internalTo = hd;
      changed();
    },
    deleteClient(deleted: boolean): void {
      accounts.client.deleted = deleted;
      changed();
    },
    setClientSecret(secret: string): void {
      accounts.client.secret = secret;
      issued(double, secret);
      changed();
    },
    /** The next exchange succeeds without a refresh token. */
    withholdRefreshTokenOnce(): void {
      double.misbehaviour.exchange = 'withhold-refresh-token';
    },
    /** The person takes one scope back; tokens lose it at once. */
    removeScope(sub: string, scope: string): void {
      const grant = accounts.grants[sub];
      if (grant) grant.scopes = grant.scopes.filter((granted) => granted !== scope);
      changed();
    },
    /** Whether proofs of possession are taken; `refusal` is the error with which `reject` answers an exchange. */
    setDpop(mode: DpopMode, refusal: DpopRefusal = 'invalid_dpop_proof'): void {
      Object.assign(double.dpop, { mode, refusal });
    },
    requireDpopNonce(required: boolean): void {
      double.dpop.nonceRequired = required;
    },
    /** No nonce given so far is good any longer. */
    rotateDpopNonces(): void {
      double.dpop.nonces = newNonces();
    },
    /** Decides what documents leave open, one way or the other. */
    settle(ways: Partial<Unsettled>): void {
      Object.assign(double.unsettled, ways);
    },
    secretsIssued: (): string[] => [...accounts.secrets],
  };
}

function wireControl(double: Double) {
  const { accounts } = double.state;
  return {
    /** What the next ID token, callback, refresh or exchange gets wrong. */
    misbehave(knobs: Misbehaviour): void {
      Object.assign(double.misbehaviour, knobs);
    },
    /** Breaks an endpoint, for ever or for a number of requests. */
    breakEndpoint(endpoint: Endpoint, fault: Fault, { times }: { times?: number | undefined } = {}): void {
      double.faults.break(endpoint, fault, times);
    },
    repair: (endpoint?: Endpoint): void => double.faults.repair(endpoint),
    /** Holds the next request to an endpoint until released. */
    hold: (endpoint: Endpoint): Hold => double.faults.hold(endpoint),
    moveClock(ms: number): void {
      accounts.clockOffset += ms;
      double.changed('accounts');
    },
    now: (): number => double.now(),
    requests: (filter: { endpoint?: RequestRecord['endpoint'] | undefined } = {}): RequestRecord[] =>
      double.log.all(filter),
    clearRequests: (): void => double.log.clear(),
    /** The first logged request that satisfies the predicate, now or later. */
    waitForRequest: (predicate: RequestPredicate): Promise<RequestRecord> => double.log.wait(predicate),
  };
}
