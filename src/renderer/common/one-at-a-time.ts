/**
 * Runs one job at a time. While one runs only the newest wish is kept, so that a stream of wishes (a first sync commits
 * hundreds of pages) neither piles up nor keeps the view waiting until it ends.
 */
export function oneAtATime<T>(job: (wish: T) => Promise<void>): (wish: T) => void {
  let running = false;
  let next: { wish: T } | null = null;

  async function work(): Promise<void> {
    running = true;
    try {
      while (next) {
        const { wish } = next;
        next = null;
        await job(wish);
      }
    } finally {
      running = false;
    }
  }

  return (wish) => {
    next = { wish };
    if (!running) void work();
  };
}
