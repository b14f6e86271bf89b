/**
 * A time zone in which it is about noon, for a process's `TZ`: what a test writes for today then neither reaches into
 * tomorrow nor grows old while the test runs. The signs of these zones are the wrong way round, as POSIX has it:
 * https://data.iana.org/time-zones/tzdb/etcetera
 */
export function middayZone(now: Date = new Date()): string {
  const ahead = 12 - now.getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
