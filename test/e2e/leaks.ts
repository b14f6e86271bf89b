import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { family } from '../electron/children.ts';
import { argumentsOf } from '../electron/process-table.ts';

export interface Places {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

/** Names each place where one of the secrets stands: as it is, encoded for a URL, in base64, or as UTF-16. */
export function findLeaks(secrets: readonly string[], places: Places): string[] {
  const forms = secrets.flatMap(formsOf);
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

/** Every form of a secret that is searched for. */
export function formsOf(secret: string): (string | Buffer)[] {
  // Base64 of a text depends on where in a longer text it begins; three beginnings cover all.
  const shifted = [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.from('\0'.repeat(shift) + secret);
    return (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(4, -4));
  });
  // Chromium keeps some of its storage in UTF-16.
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  return [secret, encodeURIComponent(secret), form, ...shifted, Buffer.from(secret, 'utf16le')];
}

/** Notes the arguments of a process and of all that come from it, four times a second, until stopped. */
export function watchProcesses(pid: number): { seen(): string[]; stop(): void } {
  const seen = new Set<string>();
  const look = () => {
    for (const line of argumentsOf(family(pid))) seen.add(line);
  };
  look();
  const timer = setInterval(look, 250).unref();
  return {
    seen() {
      look();
      return [...seen];
    },
    stop: () => clearInterval(timer),
  };
}
