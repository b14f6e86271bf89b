import type { MessageEvent, ParentPort } from 'electron';
import { systemClock as clock } from '../contract/clock.ts';
import type { Port } from '../contract/rpc.ts';
import { firstService } from '../contract/services.ts';
import { allAuthorities, namedAuthorities } from '../http/authorities.ts';
import { readConfiguration } from './configuration.ts';
import { startDaemon } from './daemon.ts';
import type { Log } from './log.ts';
import { services } from './services.ts';

/** Main reads standard output and keeps the log. */
const log: Log = (event, details = {}) => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...details })}\n`);
};

function portOf(parent: ParentPort): Port {
  return {
    send: (message) => parent.postMessage(message),
    receive: (listener) => void parent.on('message', ({ data }: MessageEvent) => listener(data)),
  };
}

const { authoritiesFile, ...configuration } = readConfiguration(process.env);
startDaemon({
  port: portOf(process.parentPort),
  services,
  firstService,
  ...configuration,
  authorities: () => allAuthorities(namedAuthorities(authoritiesFile) ?? []),
  clock,
  random: Math.random,
  log,
});
log('started');
