/** One line of the daemon's diary. Details are codes and counts: never a token, an address with one, or a title. */
export type Log = (event: string, details?: Readonly<Record<string, string | number | boolean | null>>) => void;
