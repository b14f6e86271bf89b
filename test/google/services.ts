import { calendar } from './calendar/index.ts';
import { contacts } from './contacts/index.ts';
import type { Parts } from './core/part.ts';
import { tasks } from './tasks/index.ts';

/** The services that the double has: each is a folder, and a line here. */
export const services = { calendar, contacts, tasks } as const satisfies Parts;
