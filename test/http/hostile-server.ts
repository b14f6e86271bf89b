import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';

/** Answers that are meant to fill a memory or to bury a program, by the last part of the path. */
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  endless(response) {
    const filling = Buffer.alloc(65_536, 'x');
    response.write('{"a":"');
    const go = () => {
      while (!response.destroyed && response.write(filling));
      if (!response.destroyed) response.once('drain', go);
    };
    go();
  },
  bomb(response) {
    response.setHeader('content-encoding', 'gzip');
    const zip = createGzip({ level: 9 });
    zip.pipe(response);
    // A gigabyte of it takes a megabyte of the wire.
    let left = 1_000;
    const filling = Buffer.alloc(1_000_000, 'x');
    const go = () => {
      while (left > 0 && zip.write(filling)) left -= 1;
      if (left > 0) zip.once('drain', go);
      else zip.end();
    };
    go();
  },
  deep: (response) => void response.end('['.repeat(900_000)),
  full: (response) => void response.end(`{"items":[${'{},'.repeat(300_000)}{}]}`),
};

/** What has to be there for an answer to be read at all. */
const types: Readonly<Record<string, string>> = { picture: 'image/png' };

export interface HostileServer extends AsyncDisposable {
  readonly origin: string;
  /** How many connections were cut from the other side before the answer was whole. */
  cut(): number;
}

export async function startHostileServer(): Promise<HostileServer> {
  let cut = 0;
  const server = createServer((request, response) => {
    const [, place = '', kind = ''] = (request.url ?? '').split(/[/?]/);
    response.on('close', () => {
      if (!response.writableFinished) cut += 1;
    });
    response.on('error', () => {});
    response.setHeader('content-type', types[place] ?? 'application/json');
    request.resume();
    (answers[kind] ?? ((each) => void each.end('{}')))(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => cut,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
