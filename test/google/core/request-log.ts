import type { Endpoint } from './faults.ts';

export interface RequestRecord {
  endpoint: Endpoint | 'other';
  method: string;
  path: string;
  query: Record<string, string>;
  /** The fields of a form body. */
  form: Record<string, string>;
  /** Null until answered, and for ever when the connection was dropped. */
  status: number | null;
  /** authorization, user-agent, accept-encoding, if-none-match and dpop, where present. */
  headers: Record<string, string>;
  /** By the double's clock. */
  time: number;
}

export type RequestPredicate = (record: RequestRecord) => boolean;

export interface RequestLog {
  arrived(record: RequestRecord): void;
  answered(record: RequestRecord, status: number): void;
  all(filter?: { endpoint?: RequestRecord['endpoint'] | undefined }): RequestRecord[];
  clear(): void;
  /** The first logged request that satisfies the predicate, now or later. It is asked on arrival and on the answer. */
  wait(predicate: RequestPredicate): Promise<RequestRecord>;
}

/** Every request, in the order of arrival. */
export function makeRequestLog(): RequestLog {
  let records: RequestRecord[] = [];
  let waiting: { predicate: RequestPredicate; resolve(record: RequestRecord): void }[] = [];

  function tell(record: RequestRecord): void {
    waiting = waiting.filter(({ predicate, resolve }) => {
      if (!predicate(record)) return true;
      resolve({ ...record });
      return false;
    });
  }

  return {
    arrived(record) {
      records.push(record);
      tell(record);
    },
    answered(record, status) {
      record.status = status;
      tell(record);
    },
    all: ({ endpoint } = {}) =>
      records.filter((record) => !endpoint || record.endpoint === endpoint).map((record) => ({ ...record })),
    clear() {
      records = [];
    },
    wait(predicate) {
      const known = records.find(predicate);
      if (known) return Promise.resolve({ ...known });
      return new Promise((resolve) => waiting.push({ predicate, resolve }));
    },
  };
}
