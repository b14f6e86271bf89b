import { z } from 'zod';
import { calendar } from './calendar.ts';
import { contacts } from './contacts.ts';
import type { ServiceQuery, Services } from './service.ts';
import { tasks } from './tasks.ts';

/** Every service that Mooring mirrors. */
export const services = { calendar, tasks, contacts } as const satisfies Services;

export type ServiceId = keyof typeof services;

/** What an account has that was signed in before there were several, and what is proposed to whoever signs in. */
export const firstService: ServiceId = 'calendar';

/** A service as messages name it. Whether there is one of that name is for whoever gets the message to say. */
export const ServiceName = z.string().regex(/^[a-z][A-Za-z]{0,63}$/);

/** A question for one of the services; its params are judged by that service's own schema. */
export const Question = z.strictObject({
  service: ServiceName,
  name: z.string().max(64),
  /** Whose copies it is about; of an account that is not signed in, or is leaving, nothing is told. */
  accounts: z.array(z.string().max(255)).max(1_000),
  params: z.unknown(),
});
export type Question = z.infer<typeof Question>;

/** The query that a question names; null where there is no such service, or it has none of that name. */
export function queryOf(known: Services, { service, name }: Pick<Question, 'service' | 'name'>): ServiceQuery | null {
  const queries = Object.hasOwn(known, service) ? known[service]?.queries : undefined;
  return queries !== undefined && Object.hasOwn(queries, name) ? (queries[name] ?? null) : null;
}
