import { z } from 'zod';
import type { Call } from './dbus-message.ts';

/** Asks the session's bus: {@link callOnSessionBus} with its environment. */
export type Bus = (call: Call) => Promise<readonly unknown[]>;

/** What libsecret does not tell through keytar: what is there without opening it. */
export interface SecretService {
  /** Whether a collection that is locked has an entry of this name. */
  holdsLocked(service: string, account: string): Promise<boolean>;
  /** The names of a service's entries in the collections that are open, and whether others are locked. */
  list(service: string): Promise<{ names: string[]; locked: boolean }>;
}

const at = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };

const Found = z.tuple([z.array(z.string()), z.array(z.string())]);
const Attributes = z.tuple([z.array(z.tuple([z.string(), z.string()]))]);

/**
 * Searches the Secret Service. Its search also names what is in locked collections, and opens none.
 * https://specifications.freedesktop.org/secret-service/latest/org.freedesktop.Secret.Service.html
 */
export function openSecretService(bus: Bus): SecretService {
  async function search(attributes: Record<string, string>) {
    const [unlocked, locked] = Found.parse(
      await bus({
        ...at,
        interface: 'org.freedesktop.Secret.Service',
        member: 'SearchItems',
        arguments: [attributes],
      }),
    );
    return { unlocked, locked };
  }

  async function accountOf(path: string): Promise<string | undefined> {
    const [attributes] = Attributes.parse(
      await bus({
        ...at,
        path,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        arguments: ['org.freedesktop.Secret.Item', 'Attributes'],
      }),
    );
    return new Map(attributes).get('account');
  }

  return {
    holdsLocked: async (service, account) => (await search({ service, account })).locked.length > 0,
    async list(service) {
      const { unlocked, locked } = await search({ service });
      const names: string[] = [];
      for (const path of unlocked) {
        const name = await accountOf(path);
        if (name !== undefined) names.push(name);
      }
      return { names, locked: locked.length > 0 };
    },
  };
}
