/** A daemon in a process of its own, for a test to kill. Its parent is its main, over Node's channel. */
import { systemClock } from '../../../src/contract/clock.ts';
import { firstService } from '../../../src/contract/services.ts';
import { startDaemon } from '../../../src/daemon/daemon.ts';
import { services } from '../../../src/daemon/services.ts';
import { defaultIntervals } from '../../../src/daemon/sync/plan.ts';

const [databasePath = '', apiRoot = ''] = process.argv.slice(2);

startDaemon({
  authorities: () => [],
  port: {
    send: (message) => process.send?.(message),
    receive: (listener) => void process.on('message', listener),
  },
  databasePath,
  services,
  firstService,
  apiRoot,
  clock: systemClock,
  random: Math.random,
  intervals: defaultIntervals,
  log: () => {},
});
