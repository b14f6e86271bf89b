import type { ServiceId } from '../contract/services.ts';
import { calendarFace } from './calendar/index.tsx';
import type { Face } from './common/faces.ts';
import { contactsFace } from './contacts/index.tsx';
import { tasksFace } from './tasks/index.tsx';

/** Every service that the window shows, in this order. */
export const faces = { calendar: calendarFace, tasks: tasksFace, contacts: contactsFace } as const satisfies Readonly<
  Record<ServiceId, Face>
>;
