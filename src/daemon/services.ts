import { calendarService } from './calendar/index.ts';
import { openStore, type Store } from './store/open.ts';

/** Every service that is mirrored. Each has its tables, and its lists are read one after the other. */
const services = { calendar: calendarService } as const;

/** What they hold, by their names. */
export type Mirrors = { readonly [N in keyof typeof services]: ReturnType<(typeof services)[N]['open']> };

/** Opens the file in which all of them are mirrored. Throws as {@link openStore} does. */
export const openMirror = (path: string): Store<Mirrors> => openStore<Mirrors>(path, services);
