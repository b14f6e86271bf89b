import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';

/** A script in place of an AppImage, with the map of its blocks that electron-builder puts at an AppImage's end. */
export interface AppImage {
  readonly bytes: Buffer;
  readonly blockMapSize: number;
}

/** Each part is a block. The shell must not come to the end, where the map is. */
export function appImage(...parts: readonly string[]): AppImage {
  const checksums = parts.map((part) => createHash('md5').update(part).digest('base64'));
  const sizes = parts.map((part) => Buffer.byteLength(part));
  const map = deflateRawSync(JSON.stringify({ version: '2', files: [{ name: 'file', offset: 0, checksums, sizes }] }));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(map.length);
  return { bytes: Buffer.concat([Buffer.from(parts.join('')), map, size]), blockMapSize: map.length };
}

interface Release {
  readonly version: string;
  readonly file: AppImage;
  /** The checksum that the feed tells; that of the file, unless a test wants another. */
  readonly sha512?: string;
  /** The server to which whoever asks for the file is sent on, as GitHub does. */
  readonly movedTo?: string;
}

/** Releases as electron-builder publishes them for Linux, on loopback. */
export interface Feed {
  readonly url: string;
  /** Where the same is served at an address that is not one of loopback. */
  readonly elsewhere: string;
  /** What was asked for so far. */
  readonly requests: { path: string; headers: IncomingHttpHeaders }[];
  publish(release: Release): void;
  close(): Promise<void>;
}

/** Serves nothing until something is published. https://www.electron.build/auto-update#private-update-repo */
export async function openFeed(): Promise<Feed> {
  let current: Release | null = null;
  const requests: Feed['requests'] = [];
  const server = createServer(({ url = '/', headers }, response) => {
    const { pathname: path } = new URL(url, 'http://feed');
    requests.push({ path, headers });
    const name = current === null ? '' : fileName(current);
    if (current === null) response.writeHead(404).end();
    else if (path === '/latest-linux.yml') response.end(channelFile(current));
    else if (path === `/${name}` && current.movedTo !== undefined) {
      response.writeHead(302, { location: `${current.movedTo}stored/${name}` }).end();
    } else if (path.endsWith(`/${name}`)) serveFile(response, current.file.bytes, headers.range);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    // On Linux it leads to this computer as well.
    elsewhere: `http://0.0.0.0:${port}/`,
    requests,
    publish(release) {
      current = release;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const fileName = ({ version }: Release) => `Mooring-${version}-x86_64.AppImage`;

function channelFile(release: Release): string {
  const sha512 = release.sha512 ?? createHash('sha512').update(release.file.bytes).digest('base64');
  const name = fileName(release);
  return [
    `version: ${release.version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${sha512}`,
    `    size: ${release.file.bytes.length}`,
    `    blockMapSize: ${release.file.blockMapSize}`,
    `path: ${name}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    '',
  ].join('\n');
}

/** One range at most (RFC 9110, section 14.1.2), as electron-updater asks GitHub. */
function serveFile(response: ServerResponse, bytes: Buffer, range: string | undefined): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (first === undefined || last === undefined) {
    response.writeHead(200, { 'content-length': bytes.length, 'accept-ranges': 'bytes' }).end(bytes);
    return;
  }
  const part = bytes.subarray(Number(first), Number(last) + 1);
  const contentRange = `bytes ${first}-${last}/${bytes.length}`;
  response.writeHead(206, { 'content-length': part.length, 'content-range': contentRange }).end(part);
}
