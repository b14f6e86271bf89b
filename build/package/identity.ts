/** What the app is called where it is installed; the packages for Linux and their scripts use the same. */
export const identity = {
  appId: 'app.mooring.desktop',
  product: 'Mooring',
  /** The executable on Linux, its command, its desktop entry and its AppArmor profile. */
  command: 'mooring',
  maintainer: 'The Mooring authors',
  /** Where Linux packages put the app. */
  folder: '/opt/Mooring',
} as const;
