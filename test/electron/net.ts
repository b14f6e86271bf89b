import { networkInterfaces } from 'node:os';

/**
 * Requests leave through Node's own fetch, not Chromium's network: no proxy settings, cookies or certificates of it.
 * https://www.electronjs.org/docs/latest/api/net
 */
export const net = {
  fetch: (input: string | Request, init?: RequestInit): Promise<Response> => fetch(input, init),
  isOnline: (): boolean => net.online,
  get online(): boolean {
    return Object.values(networkInterfaces()).some((all) => all?.some((address) => !address.internal));
  },
};
