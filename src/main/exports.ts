import type { Clock } from '../contract/clock.ts';
import type { ExportChange, ExportOutcome, ExportPart, ExportProgress, ExportsView } from '../contract/export.ts';
import { thisMoment, timeSince, writtenMoment } from '../contract/moment.ts';
import { shownAddress } from '../contract/shown-text.ts';
import type { ExportMemory } from './accounts/records.ts';
import { exportPause } from './background/export-schedule.ts';
import type { DaemonLink } from './daemon-link.ts';
import type { HeldFile } from './held-file.ts';
import type { Log } from './log.ts';
import { writeChoice } from './storage-error.ts';

/** Exports, by hand and by the clock. Where they go is chosen in the system's dialog and known here only. */
export interface Exports {
  view(): ExportsView;
  /** Asks for a folder; answers whether there is one then. */
  pickFolder(): Promise<boolean>;
  change(change: ExportChange): void;
  /** Begins one, unless no folder is chosen. Throws a sentence where there is nothing to export. */
  begin(): Promise<void>;
  cancel(): Promise<void>;
  /** What the daemon says while it writes. */
  progress(progress: ExportProgress): void;
  daemonStarted(): void;
  /** The computer slept, and the clock with it: one may be due. */
  resumed(): void;
  stop(): void;
}

/** After a start there is more urgent work, and what is exported is to be up to date. */
const settling = 300_000;
/** The clock may be set, so what is due is looked at anew now and then. */
const look = 3_600_000;

export function openExports(options: {
  file: HeldFile<ExportMemory>;
  clock: Clock;
  daemon: Pick<DaemonLink, 'ask'>;
  /** What there is a copy of. */
  held: () => readonly ExportPart[];
  /** The system's folder dialog; the path of the chosen folder, or null. */
  pickFolder: () => Promise<string | null>;
  onChange: () => void;
  log: Log;
}): Exports {
  const { file, clock, daemon, held, pickFolder, onChange, log } = options;
  let memory = file.read();
  let ended = writtenMoment(clock, memory.last?.at ?? 0);
  let running: ExportProgress | null = null;
  /** When, by the clock that nobody sets, an export by itself may begin; null while no daemon has started. */
  let readyAt: number | null = null;
  let cancelLook = () => {};
  let picking: Promise<boolean> | null = null;

  function save(next: ExportMemory): void {
    writeChoice(() => file.write(next));
    memory = next;
    plan();
    onChange();
  }

  /** In how many milliseconds one by itself is due; null where none is. */
  function dueIn(): number | null {
    const pause = exportPause(memory.every, memory.last);
    return memory.folder === null || pause === null ? null : Math.max(0, pause - timeSince(ended, clock));
  }

  function plan(): void {
    cancelLook();
    const due = dueIn();
    if (due === null || readyAt === null || running !== null) return;
    const nothing = chosen().length === 0;
    const wait = nothing ? look : Math.max(due, readyAt - clock.elapsed());
    cancelLook = clock.after(Math.min(wait, look), nothing || wait > look ? plan : () => void run());
  }

  /** What of the copies is to be exported. */
  function chosen(): ExportPart[] {
    const { accountId, leftOut } = memory;
    return held()
      .filter((part) => accountId === null || part.accountId === accountId)
      .map((part) => ({ ...part, services: part.services.filter((service) => !leftOut.includes(service)) }))
      .filter(({ services }) => services.length > 0);
  }

  async function run(): Promise<void> {
    const { folder } = memory;
    const parts = chosen();
    if (folder === null || running !== null) return;
    if (parts.length === 0) return plan();
    cancelLook();
    running = { done: 0, total: 0 };
    onChange();
    const outcome = await daemon.ask('export', { folder, parts }).catch(brokenOff);
    running = null;
    log(`export: ${outcome.kind}`);
    ended = thisMoment(clock);
    memory = { ...memory, last: { at: ended.at, outcome } };
    file.note(memory);
    plan();
    onChange();
  }

  async function pick(): Promise<boolean> {
    const folder = await pickFolder();
    if (folder !== null) save({ ...memory, folder });
    return memory.folder !== null;
  }

  const exports: Exports = {
    view() {
      const { folder, every, accountId, leftOut, last } = memory;
      const shown = folder === null ? null : shownAddress(folder);
      const due = dueIn();
      return {
        folder: shown,
        every,
        accountId,
        leftOut,
        last,
        running,
        nextAt: due === null ? null : clock.now() + due,
      };
    },
    pickFolder: () => {
      // One dialog at a time, however often it is asked for.
      picking ??= pick().finally(() => {
        picking = null;
      });
      return picking;
    },
    change(change) {
      const { every = memory.every, accountId = memory.accountId, leftOut = memory.leftOut } = change;
      save({ ...memory, every, accountId, leftOut });
    },
    async begin() {
      if (memory.folder === null && !(await exports.pickFolder())) return;
      if (chosen().length === 0) {
        throw new Error(
          'Mooring has no copy of what you chose. Nothing was exported. Choose another account, or more of it.',
        );
      }
      void run();
    },
    async cancel() {
      if (running !== null) await daemon.ask('cancelExport', null);
    },
    progress(progress) {
      if (running === null) return;
      running = progress;
      onChange();
    },
    daemonStarted() {
      readyAt = clock.elapsed() + settling;
      plan();
    },
    resumed: plan,
    stop: () => cancelLook(),
  };
  return exports;
}

/** The daemon ended, or was not there. */
function brokenOff(): ExportOutcome {
  const sentence =
    'The part of Mooring that syncs ended before the export was whole. What was exported before is as it was. Export again in a moment.';
  return { kind: 'failed', problem: { code: 'export-daemon-ended', sentence } };
}
