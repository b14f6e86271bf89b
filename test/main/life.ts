import { join } from 'node:path';
import { systemClock } from '../../src/contract/clock.ts';
import { services } from '../../src/contract/services.ts';
import type { AppState } from '../../src/contract/state.ts';
import { rememberProvider } from '../../src/main/auth/provider.ts';
import type { Keychain } from '../../src/main/keychain/keychain.ts';
import { type Mooring, startMooring } from '../../src/main/mooring.ts';
import { openClientHolder } from '../../src/main/setup/client-holder.ts';
import { visit } from './browser.ts';

/** Where one life of a grant takes place. */
export interface LifeCycle {
  readonly home: string;
  readonly service: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly email: string;
}

/** The app's core on the system's clock, with a person who always says yes and a daemon that always answers. */
export function startLife(life: LifeCycle, keychain: Keychain, onState: (state: AppState) => void): Mooring {
  const mooring = startMooring({
    refused: [],
    services,
    version: '0.0.0',
    issuer: life.issuer,
    clock: systemClock,
    keychain,
    path: (name) => join(life.home, name),
    client: openClientHolder({
      fixed: { id: life.clientId, secret: life.clientSecret },
      fixedProblem: null,
      path: join(life.home, 'client.json'),
      keychain,
    }),
    fetch,
    ways: async () => [],
    provider: rememberProvider(fetch, life.issuer),
    fetchPicture: async () => null,
    openUrl: async (url) => void visit(url, { email: life.email }).catch(() => undefined),
    copyText: async () => {},
    desktop: { writeTime: String, showTray: () => {}, notify: () => {}, withdraw: () => {} },
    loginItem: { isOn: () => null, set: () => {} },
    startsAtLogin: false,
    installUpdate: () => {},
    pickFolder: async () => null,
    pickFile: async () => null,
    bringToFront: () => {},
    onState,
    rehearsal: null,
    log: () => {},
  });
  mooring.daemonStarted(async () => null as never);
  return mooring;
}
