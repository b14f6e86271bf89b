/**
 * What the stand-in itself was told by the environment. Read before the app runs, which may take out of the environment
 * whatever it does not know.
 */
export const ownSettings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[0].startsWith('MOORING_STANDIN_') && entry[1] !== undefined,
  ),
);
