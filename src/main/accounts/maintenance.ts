import type { AuditTrigger } from '../../contract/audit.ts';
import type { Clock } from '../../contract/clock.ts';
import { type Moment, thisMoment, timeSince } from '../../contract/moment.ts';
import type { Log } from '../log.ts';
import { believe, planRetention } from './retention.ts';
import type { Revocations } from './revocations.ts';
import type { Session } from './session.ts';

const hour = 3_600_000;
const day = 24 * hour;

export interface Maintenance {
  /** The computer woke up: what was due in between is done now, and every account is looked at. */
  resumed(): void;
  stop(): void;
}

/**
 * Looks after the accounts once an hour: a daily audit, which also keeps a grant from dying of idleness; sign-ins and
 * disconnects that were cut off or held up; revocations that wait for the network; and copies whose access ended long ago.
 * Nothing here is urgent, and nothing here may throw.
 */
export function startMaintenance(options: {
  clock: Clock;
  sessions: () => readonly Session[];
  /** Goes on with sign-ins and disconnects that were cut off or held up. */
  takeUp: () => Promise<void>;
  retentionDays: () => number | null;
  revocations: Pick<Revocations, 'retry'>;
  /** Erases the copy of an account. */
  erase: (accountId: string) => Promise<unknown>;
  onChange: () => void;
  log: Log;
}): Maintenance {
  const { clock, sessions, takeUp, retentionDays, revocations, erase, onChange, log } = options;
  let stopped = false;
  let cancel = () => {};
  /** When an account's erasure was last announced by this run of the program. */
  const announced = new Map<string, Moment>();

  async function retain(session: Session): Promise<void> {
    const { deadSince: died, announcedAt: told, erasedAt } = session.record();
    if (died === null || erasedAt !== null) return;
    const now = clock.now();
    const { deadSince, announcedAt } = believe({ deadSince: died, announcedAt: told }, now);
    if (deadSince !== died || announcedAt.length < told.length)
      session.remember({ deadSince, announcedAt: [...announcedAt] });
    const last = announced.get(session.id);
    // A clock that is set forward brings no erasure nearer than a day that has passed.
    if (last !== undefined && announcedAt.length > 0 && clock.elapsed() - last.elapsed < day) return;
    const step = planRetention({ deadSince, announcedAt }, retentionDays(), now);
    switch (step.kind) {
      case 'keep':
        return;
      case 'announce':
        announced.set(session.id, thisMoment(clock));
        return session.remember({ announcedAt: [...announcedAt, now] });
      case 'erase':
        await erase(session.id);
        log('retention: erased a copy whose access ended long ago');
        return session.remember({ erasedAt: now });
      default:
        step satisfies never;
    }
  }

  async function round(trigger: AuditTrigger): Promise<void> {
    await takeUp();
    await revocations.retry();
    for (const session of sessions()) {
      if (trigger === 'resume' || timeSince(session.lastLookedAt(), clock) >= day) await session.audit(trigger);
      await retain(session);
    }
    // Warnings depend on the time of day, so they are shown anew even where nothing was done.
    onChange();
  }

  function begin(trigger: AuditTrigger): void {
    cancel();
    round(trigger)
      .catch((error: unknown) => log(`maintenance: ${error instanceof Error ? error.name : 'failed'}`))
      .finally(() => {
        cancel();
        if (!stopped) cancel = clock.after(hour, () => begin('daily'));
      });
  }

  cancel = clock.after(0, () => begin('daily'));
  return {
    resumed() {
      // The time that the computer slept counts as well.
      for (const [id, moment] of announced) {
        announced.set(id, { ...moment, elapsed: clock.elapsed() - timeSince(moment, clock) });
      }
      begin('resume');
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
