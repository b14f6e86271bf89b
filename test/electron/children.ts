import { readFileSync } from 'node:fs';
import { processes } from './process-table.ts';

/** A process and all that come from it, as they are now. */
export function family(pid: number): number[] {
  const pairs = processes();
  const found = [pid];
  for (const parent of found) for (const [child, of] of pairs) if (of === parent && child !== parent) found.push(child);
  return found;
}

/** Ends each of these processes at once; those that ended already do not matter. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
}

/** Whether a process runs: one that has ended, and that the system has not buried yet, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
