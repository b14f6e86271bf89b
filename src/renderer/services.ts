import type { ServiceId } from '../contract/services.ts';
import { calendarFace } from './calendar/index.tsx';
import type { Face } from './common/faces.ts';

/** Every service that the window shows, in this order. */
export const faces = { calendar: calendarFace } as const satisfies Readonly<Record<ServiceId, Face>>;
