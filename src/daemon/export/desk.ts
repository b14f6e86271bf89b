import type { Clock } from '../../contract/clock.ts';
import type { ExportOrder, ExportOutcome, ExportProgress } from '../../contract/export.ts';
import type { Log } from '../log.ts';
import { asExportError, ExportError } from './problem.ts';
import { runExport } from './run.ts';
import type { Snapshot } from './snapshot.ts';

/** One export at a time. */
export interface ExportDesk {
  /** Answers when it has ended, however it did. */
  begin(order: ExportOrder): Promise<ExportOutcome>;
  /** A person wants it no longer. Answers when nothing of it runs any more. */
  cancel(): Promise<void>;
  /** What is exported is about to go, or the daemon is. Answers when nothing of it runs any more. */
  interrupt(): Promise<void>;
}

/** Often enough to look alive, seldom enough to cost nothing. */
const pace = 200;

export function openExportDesk(options: {
  /** @throws {StorageError} */
  openSnapshot: () => Snapshot;
  /** Whether there is a copy of this service of the account. */
  isHeld: (accountId: string, service: string) => boolean;
  /** What a person calls a service. */
  titleOf: (service: string) => string;
  clock: Clock;
  onProgress: (progress: ExportProgress) => void;
  /** Hears what broke an export off: the copy itself may be damaged. */
  onFailure: (error: unknown) => void;
  log: Log;
}): ExportDesk {
  const { openSnapshot, isHeld, titleOf, clock, onProgress, onFailure, log } = options;
  let running: { readonly stopping: AbortController; readonly ended: Promise<unknown> } | null = null;

  async function write(order: ExportOrder, signal: AbortSignal): Promise<ExportOutcome> {
    let saidAt = Number.NEGATIVE_INFINITY;
    let snapshot: Snapshot | null = null;
    try {
      const all = order.parts.flatMap(({ accountId, services }) => services.map((service) => ({ accountId, service })));
      if (all.length === 0 || !all.every(({ accountId, service }) => isHeld(accountId, service)))
        throw new ExportError('account-gone');
      snapshot = openSnapshot();
      const written = await runExport(order, {
        snapshot,
        titleOf,
        at: clock.now(),
        signal,
        onProgress(progress) {
          if (progress.done < progress.total && clock.elapsed() - saidAt < pace) return;
          saidAt = clock.elapsed();
          onProgress(progress);
        },
      });
      return { kind: 'done', ...written, beside: [...written.beside] };
    } catch (error) {
      if (error === cancelled) return { kind: 'cancelled' };
      onFailure(error);
      const { problem } = asExportError(error);
      log('export-failed', { code: problem.code });
      return { kind: 'failed', problem };
    } finally {
      snapshot?.close();
    }
  }

  async function end(reason: unknown): Promise<void> {
    running?.stopping.abort(reason);
    await running?.ended;
  }

  return {
    async begin(order) {
      if (running !== null) return { kind: 'failed', problem: new ExportError('under-way').problem };
      const stopping = new AbortController();
      const ended = write(order, stopping.signal);
      running = { stopping, ended };
      try {
        return await ended;
      } finally {
        running = null;
      }
    },
    cancel: () => end(cancelled),
    interrupt: () => end(new ExportError('interrupted')),
  };
}

const cancelled = new Error('A person has cancelled the export.');
