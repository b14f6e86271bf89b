/** Time as the app sees it; passed in so that a test can hold it still. Milliseconds throughout. */
export interface Clock {
  now(): number;
  /** Runs `task` once after `delay`; the answer takes it back. */
  after(delay: number, task: () => void): () => void;
}
