import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

// Linux is asked through its files: the suite looks four times a second, and starting `ps` each time took a fifth of all
// its processor time.
const onLinux = process.platform === 'linux';

/** The id of every process and of the one that started it, as they are now. */
export function processes(): [pid: number, parent: number][] {
  if (!onLinux) return ps('-A', '-o', 'pid=,ppid=').map((line) => line.split(/\s+/).map(Number) as [number, number]);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // The name of a program stands in parentheses and may hold anything: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
      const parent = /^.*\) \S (\d+) /s.exec(read(`/proc/${name}/stat`))?.[1];
      return parent === undefined ? [] : [[Number(name), Number(parent)] as [number, number]];
    });
}

/** The arguments of each of these processes that has not ended, as one text. */
export function argumentsOf(pids: readonly number[]): string[] {
  if (!onLinux) return ps('-ww', '-o', 'args=', '-p', pids.join(','));
  return pids.map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')).filter((line) => line !== '');
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function ps(...args: string[]): string[] {
  try {
    return execFileSync('ps', args, { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.trim());
  } catch {
    // None of the processes that it was asked about is there any more.
    return [];
  }
}
