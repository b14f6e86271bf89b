import { Notification } from 'electron';
import type { Cause } from '../background/attention.ts';
import type { Log } from '../log.ts';

/** The notifications on the screen, by the key of their cause. */
export interface Notifications {
  show(cause: Cause): void;
  withdraw(key: string): void;
}

/** `onOpen` gets the account whose page helps, when a person clicks. */
export function openNotifications(onOpen: (accountId: string) => void, log: Log): Notifications {
  // Kept, because a notification that nothing refers to is collected, and its click goes nowhere.
  const shown = new Map<string, Notification>();
  return {
    show({ key, accountId, title, body }) {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => onOpen(accountId));
      // On macOS an app that is not signed may show none.
      notification.on('failed', (_event, error) => log(`notification: ${error}`));
      shown.set(key, notification);
      notification.show();
    },
    withdraw(key) {
      shown.get(key)?.close();
      shown.delete(key);
    },
  };
}
