import type { Observation } from '../../contract/observation.ts';

/** A request to Google failed. `observation` says how, without secrets. */
export class GoogleError extends Error {
  override name = 'GoogleError';
  readonly observation: Observation;

  constructor(observation: Observation, cause?: unknown) {
    super(`Google request failed: ${observation.kind}`, { cause });
    this.observation = observation;
  }

  get retryAfterSeconds(): number | null {
    return this.observation.kind === 'network' ? null : (this.observation.retryAfterSeconds ?? null);
  }
}
