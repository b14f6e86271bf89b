/** The searches that are under way, by their ids. */
export interface Searches {
  /** Runs a search; null where it was cancelled meanwhile, or a newer one has its id. */
  run<T>(id: string, search: (signal: AbortSignal) => Promise<T>): Promise<T | null>;
  cancel(id: string): void;
}

export function createSearches(): Searches {
  const underWay = new Map<string, AbortController>();
  return {
    async run(id, search) {
      underWay.get(id)?.abort();
      const own = new AbortController();
      underWay.set(id, own);
      try {
        const found = await search(own.signal);
        return own.signal.aborted ? null : found;
      } catch (error) {
        if (own.signal.aborted) return null;
        throw error;
      } finally {
        if (underWay.get(id) === own) underWay.delete(id);
      }
    },
    cancel: (id) => underWay.get(id)?.abort(),
  };
}
