import { Temporal } from 'temporal-polyfill';
import { windowsZones } from './windows-zones.ts';

/** Strangers may name what is no zone, each time another. */
const mostZones = 1_000;
const zones = new Map<string, string | null>();

/** The first of the names that is a time zone, as it is called here; UTC when none is. */
export function knownZone(...names: readonly (string | null | undefined)[]): string {
  for (const name of names) {
    const zone = zoneNamed(name);
    if (zone !== null) return zone;
  }
  return 'UTC';
}

/**
 * What a time zone is called here: programs that send invitations name zones as Windows does, by their offset, or behind a
 * path, such as `/mozilla.org/20050126_1/Europe/Berlin`. Null where there is no such zone.
 */
export function zoneNamed(name: string | null | undefined): string | null {
  if (!name || name.length > 255) return null;
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = findZone(name.trim());
  if (zones.size >= mostZones) zones.clear();
  zones.set(name, zone);
  return zone;
}

function findZone(name: string): string | null {
  const windows = windowsZones.get(name.toLowerCase());
  if (windows !== undefined) return windows;
  const offset = offsetZone(name);
  if (offset !== null) return offset;
  // A zone has one to three words: Asia/Tokyo, America/Argentina/Salta.
  const words = name.split('/');
  const ends = words.length > 2 ? [name, words.slice(-3).join('/'), words.slice(-2).join('/')] : [name];
  return ends.find(isZone) ?? null;
}

/** `+03:00`, `GMT-03:00`, `UTC+3`; `Etc/GMT+3` is a zone by its name, and means the opposite. */
function offsetZone(name: string): string | null {
  const [, sign, hours = '', minutes = '00'] = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const zone = `${sign}${hours.padStart(2, '0')}:${minutes}`;
  return /^[+-]00:00$/.test(zone) ? 'UTC' : zone;
}

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
