import type { Session } from './cdp.ts';

/**
 * Puts paths into a message where the preload could only put names of files: Chromium says of each where it is, and
 * nothing of one that a script made. Most messages have none, and then this waits for nothing.
 */
export async function withPaths(session: Session, contextId: number, prefix: string, message: string): Promise<string> {
  let text = message;
  for (const [name] of message.matchAll(new RegExp(`${prefix}[0-9a-f-]{36}`, 'g'))) {
    const path = inside(await pathOf(session, contextId, prefix, name));
    text = text.replaceAll(name, () => path);
  }
  return text;
}

/** The message is JSON whose arguments are JSON once more. */
const inside = (path: string): string => JSON.stringify(JSON.stringify(path).slice(1, -1)).slice(1, -1);

async function pathOf(session: Session, contextId: number, prefix: string, name: string): Promise<string> {
  const expression = `globalThis[${JSON.stringify(prefix)}](${JSON.stringify(name)})`;
  const { result } = await session.send('Runtime.evaluate', { contextId, expression });
  if (result.objectId === undefined) throw new Error('the stand-in lost a file on its way to main');
  try {
    const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId });
    return path;
  } finally {
    await session.send('Runtime.releaseObject', { objectId: result.objectId });
  }
}
