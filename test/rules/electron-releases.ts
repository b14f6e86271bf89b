/**
 * Which majors of Electron get security fixes: the newest three. It is a fact of a day, and it stays one: the test compares
 * package.json with it and fails when somebody goes back to an old Electron. It does not look at the clock, because a test
 * that fails by the calendar breaks the build of a person who changed nothing. That time passes is seen where it matters:
 * the release workflow asks the registry for the newest version and refuses to package an Electron that is too old.
 * https://www.electronjs.org/docs/latest/tutorial/electron-timelines
 */
export const electronReleases = {
  /** As the registry said; 45.0.0 was published on 2026-10-21. */
  asOf: '2026-11-21',
  supported: [43, 44, 45],
} as const;
