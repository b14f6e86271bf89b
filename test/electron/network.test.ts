import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { start } from './harness.ts';
import type { RunningApp } from './launch.ts';

async function ready(): Promise<RunningApp> {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  return app;
}

test('pages leave by the proxy that the app asked for, for loopback as well where it says so', async () => {
  const app = await ready();
  const connections: string[] = [];
  const server = createServer((socket) => {
    connections.push('server');
    socket.end();
  }).listen(0, '127.0.0.1');
  const proxy = createServer((socket) => {
    connections.push('proxy');
    socket.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  onTestFinished(() => void proxy.close());
  await Promise.all([once(server, 'listening'), once(proxy, 'listening')]);
  const port = (of: typeof server) => (of.address() as { port: number }).port;
  const refusals = await app.evaluate(
    async ({ BrowserWindow, net, session }, ports) => {
      const proxyRules = `http://127.0.0.1:${ports.proxy}`;
      const ask = (config: Electron.ProxyConfig) =>
        session.defaultSession.setProxy({ proxyBypassRules: '<-loopback>', ...config }).then(
          () => 'taken',
          (error: Error) => error.message,
        );
      const said = [await ask({ mode: 'system' }), await ask({ mode: 'fixed_servers', proxyRules })];
      const window = new BrowserWindow({ show: false });
      await window.loadURL(`http://127.0.0.1:${ports.server}/`).catch(() => undefined);
      said.push(await ask({ mode: 'fixed_servers', proxyRules }));
      said.push(await ask({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:1' }));
      try {
        net.request(`http://127.0.0.1:${ports.server}/`);
      } catch (error) {
        said.push((error as Error).message);
      }
      return said;
    },
    { proxy: port(proxy), server: port(server) },
  );
  expect(refusals).toEqual([
    'the stand-in has no proxy but fixed servers',
    'taken',
    'taken',
    expect.stringContaining('takes no --proxy-server=http://127.0.0.1:1 any more'),
    'the stand-in makes no request of main through a proxy',
  ]);
  expect(new Set(connections)).toEqual(new Set(['proxy']));
});

test('contents have the WebRTC policy that the app asked for, and no second one', async () => {
  const app = await ready();
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  const heard: string[] = [];
  socket.on('message', (message) => heard.push(message.toString('latin1')));
  const said = await app.evaluate(async ({ BrowserWindow }, port) => {
    const { webContents } = new BrowserWindow({ show: false });
    const ask = (policy: string) => {
      try {
        webContents.setWebRTCIPHandlingPolicy(policy as 'default');
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const before = [ask('none'), ask('disable_non_proxied_udp')];
    await webContents.executeJavaScript(`(async () => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] });
      connection.createDataChannel('x');
      const gathered = new Promise((resolve) => {
        connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
      });
      await connection.setLocalDescription();
      await gathered;
    })()`);
    return [...before, ask('disable_non_proxied_udp'), ask('default')];
  }, socket.address().port);
  expect(said).toEqual([
    'there is no WebRTC IP handling policy none',
    'taken',
    'taken',
    expect.stringContaining('takes no --webrtc-ip-handling-policy=default any more'),
  ]);
  // Datagrams of one computer to itself keep their order: what Chromium had sent would have come before this.
  const last = createSocket('udp4');
  last.send('end', socket.address().port, '127.0.0.1', () => last.close());
  await expect.poll(() => heard.at(-1)).toBe('end');
  expect(heard).toEqual(['end']);
});
