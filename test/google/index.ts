import type { OptionsOf, Parts } from './core/part.ts';
import type { RequestRecord as AnyRequestRecord } from './core/request-log.ts';
import { type Control, type EndpointName, type RunningDouble, type StartOptions, startDouble } from './core/start.ts';
import { services } from './services.ts';

export type { Fault } from './core/faults.ts';

type Services = typeof services;
export type GoogleControl = Control<Services>;
export type GoogleDouble = RunningDouble<Services>;
export type GoogleOptions = StartOptions & OptionsOf<Services>;
export type RequestRecord = AnyRequestRecord<EndpointName<Services>>;

/** Starts the double on loopback, with every service or with the given parts. */
export function startGoogle(options?: GoogleOptions): Promise<GoogleDouble>;
export function startGoogle<P extends Parts>(
  options: StartOptions & OptionsOf<P> & { parts: P },
): Promise<RunningDouble<P>>;
export function startGoogle({
  parts,
  ...options
}: StartOptions & { parts?: Parts } = {}): Promise<GoogleDouble | RunningDouble<Parts>> {
  return parts ? startDouble(parts, options) : startDouble(services, options);
}
