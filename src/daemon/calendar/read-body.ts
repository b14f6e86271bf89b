import { z } from 'zod';
import { GoogleEvent } from './api.ts';

const text = z.string().nullish().catch(null);

/** An event as it was sent, with the fields that only its details and the search know. */
const WholeEvent = GoogleEvent.extend({
  description: text,
  organizer: z.looseObject({ displayName: text, email: text }).nullish().catch(null),
});

/** Null for a body that was damaged since: the details of that event say so. */
export function readBody(body: string): z.infer<typeof WholeEvent> | null {
  try {
    return WholeEvent.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
