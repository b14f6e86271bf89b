/** How far an attempt has come. */
export type SignInProgress = Waiting | { readonly kind: 'finishing' };

interface Waiting {
  readonly kind: 'waiting';
  readonly silent: boolean;
  readonly note: string | null;
  /** Who has signed in from a browser that the app did not open; the person is asked whether it was them. */
  readonly stranger: string | null;
}

export interface ShownProgress {
  /** Shows a change of the wait; nothing once the wait is over. */
  waiting(change: Partial<Omit<Waiting, 'kind'>>): void;
  finishing(): void;
}

/** Shows a wait that begins with this note, and each change of it. */
export function showProgress(onProgress: (progress: SignInProgress) => void, note: string | null): ShownProgress {
  let finishing = false;
  let waiting: Waiting = { kind: 'waiting', silent: false, note, stranger: null };
  onProgress(waiting);
  return {
    waiting(change) {
      if (finishing) return;
      waiting = { ...waiting, ...change };
      onProgress(waiting);
    },
    finishing() {
      finishing = true;
      onProgress({ kind: 'finishing' });
    },
  };
}
