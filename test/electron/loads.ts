/**
 * How the loading of a page's documents ended, by Chromium's name for each: its loader. A page may still be loading one
 * document when it is told to load the next, and what Chromium answers and what it tells come in no promised order: only
 * the name says whose end it is.
 */
export function followLoads() {
  const loads = new Map<string, PromiseWithResolvers<'finished' | 'replaced'>>();
  const of = (loader: string): PromiseWithResolvers<'finished' | 'replaced'> => {
    const load = loads.get(loader) ?? Promise.withResolvers();
    loads.set(loader, load);
    return load;
  };
  return {
    finished: (loader: string): void => of(loader).resolve('finished'),
    /** Another document took its place; for one that had finished, this changes nothing. */
    replaced: (loader: string): void => of(loader).resolve('replaced'),
    end: (loader: string): Promise<'finished' | 'replaced'> => of(loader).promise,
  };
}
