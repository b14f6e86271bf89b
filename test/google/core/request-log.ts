export interface RequestRecord<Name extends string = string> {
  endpoint: Name | 'other';
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

/** What a request that is waited for must have. */
export type RequestPattern<Name extends string = string> = Partial<
  Pick<RequestRecord<Name>, 'endpoint' | 'method' | 'path' | 'status'>
>;
export type RequestPredicate<Name extends string = string> = (record: RequestRecord<Name>) => boolean;

export interface RequestLog<Name extends string = string> {
  arrived(record: RequestRecord<Name>): void;
  answered(record: RequestRecord<Name>, status: number): void;
  all(filter?: { endpoint?: Name | 'other' | undefined }): RequestRecord<Name>[];
  clear(): void;
  /** The first logged request that satisfies the predicate, now or later. It is asked on arrival and on the answer. */
  wait(predicate: RequestPredicate<Name>): Promise<RequestRecord<Name>>;
}

/** Every request, in the order of arrival. */
export function makeRequestLog<Name extends string>(): RequestLog<Name> {
  let records: RequestRecord<Name>[] = [];
  let waiting: { predicate: RequestPredicate<Name>; resolve(record: RequestRecord<Name>): void }[] = [];

  function tell(record: RequestRecord<Name>): void {
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
