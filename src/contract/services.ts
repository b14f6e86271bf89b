import { z } from 'zod';
import { calendar } from './calendar.ts';
import type { ServiceContract, ServiceQuery } from './service.ts';

/** Every service that Mooring mirrors. */
export const services = { calendar } as const satisfies Readonly<Record<string, ServiceContract>>;

export type ServiceId = keyof typeof services;
export const ServiceId = z.enum(Object.keys(services) as [ServiceId, ...ServiceId[]]);

type Queries<S extends ServiceId> = (typeof services)[S]['queries'];
export type QueryName<S extends ServiceId> = keyof Queries<S> & string;
type QueryOf<S extends ServiceId, N extends QueryName<S>> = Queries<S>[N] & ServiceQuery;
export type ParamsOf<S extends ServiceId, N extends QueryName<S>> = z.infer<QueryOf<S, N>['params']>;
export type ResultOf<S extends ServiceId, N extends QueryName<S>> = z.infer<QueryOf<S, N>['result']>;

/** A question for one of the services; its params are judged by that service's own schema. */
export const Question = z.strictObject({ service: ServiceId, name: z.string().max(64), params: z.unknown() });
export type Question = z.infer<typeof Question>;

/** The query that a question names; null where the service has none of that name. */
export function queryOf({ service, name }: Pick<Question, 'service' | 'name'>): ServiceQuery | null {
  const queries: Readonly<Record<string, ServiceQuery>> = services[service].queries;
  return Object.hasOwn(queries, name) ? (queries[name] ?? null) : null;
}
