import type { Scheduler } from './calendar/scheduler.ts';
import type { StatusBoard } from './status.ts';

/** The attached accounts, side by side: none of them waits for another, or fails with it. */
export interface Accounts {
  /** In the order in which they were attached. */
  ids(): string[];
  find(accountId: string): Scheduler | undefined;
  /** The account's place for its status. It outlives the attachment, so that an old word is never said after a new one. */
  board(accountId: string): StatusBoard;
  /** The boards of the attached accounts. */
  boards(): StatusBoard[];
  /** Mirrors the account, unless it is mirrored already, and begins a sync. */
  add(accountId: string): void;
  /** Stops mirroring the account; answers when nothing of it runs any more. */
  remove(accountId: string): Promise<void>;
  setVisible(visible: boolean): void;
  resumed(): void;
}

/** None is attached yet. `visible` is what the window is until {@link Accounts.setVisible} says otherwise. */
export function createAccounts(
  newBoard: (accountId: string) => StatusBoard,
  mirror: (accountId: string, status: StatusBoard, visible: boolean) => Scheduler,
): Accounts {
  const boards = new Map<string, StatusBoard>();
  const mirrors = new Map<string, Scheduler>();
  let visible = true;

  function board(accountId: string): StatusBoard {
    const found = boards.get(accountId) ?? newBoard(accountId);
    boards.set(accountId, found);
    return found;
  }

  return {
    ids: () => [...mirrors.keys()],
    find: (accountId) => mirrors.get(accountId),
    board,
    boards: () => [...mirrors.keys()].map(board),
    add(accountId) {
      const found = mirrors.get(accountId) ?? mirror(accountId, board(accountId), visible);
      mirrors.set(accountId, found);
      // Not waited for: the status tells how it goes.
      void found.syncNow();
    },
    async remove(accountId) {
      await mirrors.get(accountId)?.stop();
      mirrors.delete(accountId);
    },
    setVisible(next) {
      visible = next;
      for (const each of mirrors.values()) each.setVisible(next);
    },
    resumed() {
      for (const each of mirrors.values()) each.resumed();
    },
  };
}
