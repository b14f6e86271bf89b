import type { MetAt, Observation } from '../../contract/observation.ts';

export function placeWords(place: MetAt): string {
  switch (place) {
    case 'authorization':
      return 'on Google’s sign-in page';
    case 'code-exchange':
      return 'when exchanging the authorization code';
    case 'refresh':
      return 'when refreshing the access token';
    case 'resource-api':
      return 'when reading a service';
    default:
      return place satisfies never;
  }
}

/** A failure as it was met, line by line and word for word; what was not said is left out. */
export function observationRows(observation: Observation): readonly (readonly [label: string, value: string])[] {
  switch (observation.kind) {
    case 'answer': {
      const { status, error, subtype, description, retryAfterSeconds } = observation;
      return said([
        ['HTTP status', String(status)],
        ['error', error],
        ['error_subtype', subtype],
        ['error_description', description],
        ['Retry-After', retryAfterSeconds === null ? null : `${retryAfterSeconds} s`],
      ]);
    }
    case 'unreadable':
      return said([
        ['HTTP status', String(observation.status)],
        ['Content-Type', observation.contentType],
        ['body', 'not in Google’s language'],
      ]);
    case 'network':
      return [['network', observation.code]];
    default:
      return observation satisfies never;
  }
}

const said = (rows: readonly (readonly [string, string | null])[]) =>
  rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
