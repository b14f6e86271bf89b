import type { calendar_v3 } from '@googleapis/calendar';
import { z } from 'zod';
import { StorageError } from '../store/problem.ts';
import { GoogleEvent } from './api.ts';

const text = z.string().nullish().catch(null);
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item.nullable().catch(null))
    .nullish()
    .catch(null)
    .transform((items) => (items ?? []).filter((each) => each !== null));

export const Reminders = list(z.looseObject({ method: z.enum(['popup', 'email']), minutes: z.number().int() }));
export type Reminders = z.infer<typeof Reminders>;

/** What of an event only its details and its export need. A field of a strange type is taken as absent. */
const WholeEvent = GoogleEvent.extend({
  iCalUID: text,
  created: text,
  updated: text,
  sequence: z.number().int().nonnegative().nullish().catch(null),
  transparency: text,
  description: text,
  htmlLink: text,
  hangoutLink: text,
  organizer: z.looseObject({ displayName: text, email: text }).nullish().catch(null),
  conferenceData: z
    .looseObject({ entryPoints: list(z.looseObject({ entryPointType: text, uri: text, label: text })) })
    .nullish()
    .catch(null),
  attachments: list(z.looseObject({ title: text, fileUrl: text, mimeType: text })),
  reminders: z
    .looseObject({ useDefault: z.boolean().nullish().catch(null), overrides: Reminders })
    .nullish()
    .catch(null),
} satisfies Partial<Record<keyof calendar_v3.Schema$Event, z.ZodType>>);
export type WholeEvent = z.infer<typeof WholeEvent>;

/**
 * All of an event. SQLite does not look into a body, so what does not parse was damaged since.
 * @throws {StorageError}
 */
export function readWhole(body: string): WholeEvent {
  try {
    return WholeEvent.parse(JSON.parse(body));
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}
