/** A daemon that mirrors one subject in a process of its own, for a test to kill. Its parent is its main. */
import { systemClock } from '../../src/contract/clock.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { defaultIntervals } from '../../src/daemon/sync/plan.ts';
import type { Subject } from './subject.ts';

const [module = '', databasePath = '', apiRoot = ''] = process.argv.slice(2);
const { subject } = (await import(module)) as { subject: Subject };

startDaemon({
  authorities: () => [],
  port: {
    send: (message) => process.send?.(message),
    receive: (listener) => void process.on('message', listener),
  },
  databasePath,
  services: { [subject.name]: subject.service },
  firstService: subject.name,
  apiRoot,
  clock: systemClock,
  random: Math.random,
  intervals: defaultIntervals,
  log: () => {},
});
