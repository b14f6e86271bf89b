import type { AppState } from '../../contract/state.ts';
import type { TrayCommand } from '../background/tray-view.ts';
import type { AppRequests } from '../requests.ts';
import type { MainWindow } from './window.ts';

/** Carries out what a person chose in the tray or in a menu. Rejects with a sentence. */
export async function carryOut(
  command: TrayCommand,
  app: { requests: AppRequests; state: () => AppState; window: MainWindow; quit: () => void },
): Promise<void> {
  const { requests, state, window, quit } = app;
  switch (command.do) {
    case 'open':
      return window.show();
    case 'settings':
      return window.show({ kind: 'settings' });
    case 'sync':
      await Promise.all(state().accounts.map(({ account }) => requests.syncNow({ accountId: account.id })));
      return;
    case 'pause':
      await requests.pause({ length: command.length });
      return;
    case 'unpause':
      await requests.unpause(null);
      return;
    case 'reconnect':
      await requests.reconnect({ accountId: command.accountId });
      return;
    case 'quit':
      return quit();
    default:
      command satisfies never;
  }
}
