import type { Conditions } from '../../contract/daemon.ts';
import { firstConditions } from './plan.ts';
import type { Scheduler } from './scheduler.ts';
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
  /** Mirrors the account, unless it is mirrored already. */
  add(accountId: string): void;
  /** Stops mirroring the account; answers when nothing of it runs any more. */
  remove(accountId: string): Promise<void>;
  setConditions(conditions: Conditions): void;
  resumed(): void;
}

/** None is attached yet. */
export function createAccounts(
  newBoard: (accountId: string) => StatusBoard,
  mirror: (accountId: string, status: StatusBoard, conditions: Conditions) => Scheduler,
): Accounts {
  const boards = new Map<string, StatusBoard>();
  const mirrors = new Map<string, Scheduler>();
  let conditions = firstConditions;

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
      if (mirrors.has(accountId)) return;
      const added = mirror(accountId, board(accountId), conditions);
      mirrors.set(accountId, added);
      added.start();
    },
    async remove(accountId) {
      await mirrors.get(accountId)?.stop();
      mirrors.delete(accountId);
    },
    setConditions(next) {
      conditions = next;
      for (const each of mirrors.values()) each.setConditions(next);
    },
    resumed() {
      for (const each of mirrors.values()) each.resumed();
    },
  };
}
