import type { MessageEvent, ParentPort } from 'electron';
import type { Port } from '../contract/rpc.ts';
import { serveKeychain } from './serve.ts';

const portOf = (parent: ParentPort): Port => ({
  send: (message) => parent.postMessage(message),
  receive: (listener) => void parent.on('message', ({ data }: MessageEvent) => listener(data)),
});

serveKeychain(portOf(process.parentPort), (message) => process.stderr.write(`${message}\n`));
