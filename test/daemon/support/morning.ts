/** When the daemon's tests begin, so that days and names of files can be written out. */
export const morning = Date.parse('2026-11-02T09:00:00Z');
