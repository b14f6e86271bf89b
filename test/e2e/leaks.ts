import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { family } from '../electron/children.ts';

export interface Places {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

/** Names each place where one of the secrets stands, as it is, encoded for a URL, or in base64. */
export function findLeaks(secrets: readonly string[], places: Places): string[] {
  const forms = secrets.flatMap((secret) => {
    // Base64 of a text depends on where in a longer text it begins; three beginnings cover all.
    const shifted = [0, 1, 2].map((shift) =>
      Buffer.from('\0'.repeat(shift) + secret)
        .toString('base64')
        .slice(4, -4),
    );
    return [secret, encodeURIComponent(secret), ...shifted];
  });
  const found: string[] = [];
  const search = (place: string, content: Buffer) => {
    if (forms.some((form) => content.includes(form))) found.push(place);
  };
  for (const folder of places.folders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) search(path, readFileSync(path));
    }
  }
  for (const file of places.files) if (existsSync(file)) search(file, readFileSync(file));
  for (const [place, text] of Object.entries(places.texts)) search(place, Buffer.from(text));
  return found;
}

/** Notes the arguments of a process and of all that come from it, four times a second, until stopped. */
export function watchProcesses(pid: number): { stop(): string[] } {
  const seen = new Set<string>();
  const look = () => {
    try {
      const pids = family(pid).join(',');
      const lines = execFileSync('ps', ['-ww', '-o', 'args=', '-p', pids], { encoding: 'utf8' });
      for (const line of lines.split('\n')) seen.add(line);
    } catch {
      // The processes have ended.
    }
  };
  look();
  const timer = setInterval(look, 250).unref();
  return {
    stop() {
      clearInterval(timer);
      return [...seen];
    },
  };
}
