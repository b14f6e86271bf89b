import { firstService, type ServiceId } from '../contract/services.ts';
import { calendarService } from './calendar/index.ts';
import { contactsService } from './contacts/index.ts';
import { openStore, type Store } from './store/open.ts';
import type { Service } from './sync/service.ts';
import { tasksService } from './tasks/index.ts';

/** Every service that is mirrored. Each has its tables, and is read at a pace of its own. */
export const services = {
  calendar: calendarService,
  contacts: contactsService,
  tasks: tasksService,
} as const satisfies Readonly<Record<ServiceId, Service>>;

/** What they hold, by their names. */
export type Mirrors = { readonly [N in keyof typeof services]: ReturnType<(typeof services)[N]['open']> };

/** Opens the file in which all of them are mirrored. Throws as {@link openStore} does. */
export const openMirror = (path: string): Store<Mirrors> => openStore<Mirrors>(path, services, firstService);
