import { serveKeychain } from '../../src/keytar/serve.ts';

// The process that runs keytar, on Node alone.
serveKeychain(
  {
    send: (message) => process.send?.(message),
    receive: (listener) => process.on('message', listener),
  },
  () => {},
);
// A process that waits for a prompt inside libsecret does not exit when it is asked to.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
