import { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';

/**
 * What makes this app known to Google. The secret of an installed app is no secret between Google and the person who
 * holds the file, but it is handled as one: https://developers.google.com/identity/protocols/oauth2/native-app
 */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

/**
 * Copied by hand, an id or a secret easily brings blanks and line breaks along, and from web pages blanks that nobody sees.
 * Neither has any inside.
 */
export const ClientWord = z
  .string()
  .transform((text) => text.replace(/[\s\u200b-\u200f\u2060\ufeff]/g, ''))
  .pipe(z.string().min(1));

const ClientFile = z.union([
  z.object({ installed: z.object({ client_id: ClientWord, client_secret: ClientWord }) }),
  z.object({ web: z.object({ client_id: z.string() }) }),
  z.object({ type: z.literal('service_account') }),
  z.object({ installed: z.object({ client_id: ClientWord }) }),
]);

export type ClientFileResult = { ok: true; client: OAuthClient } | { ok: false; problem: Problem };

const wrong = (code: string, sentence: string): ClientFileResult => ({ ok: false, problem: { code, sentence } });

/**
 * The text of a file: editors on Windows save as UTF-16, of either order, and with a mark before it.
 * https://encoding.spec.whatwg.org/#bom-sniff
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Without a mark: JSON begins with a bracket or a blank, of whose two bytes one is zero, and knows no zeros itself.
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** Reads the text of a `client_secret_*.json` as downloaded from Google's console, and says what is wrong with another. */
export function readClientFile(text: string): ClientFileResult {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return wrong(
      'client-file-damaged',
      'This file is not readable as JSON, so it is damaged or another file. Nothing was changed. Download the client again from Google’s console and choose the file named client_secret_….json.',
    );
  }
  const parsed = ClientFile.safeParse(json);
  if (!parsed.success) {
    return wrong(
      'client-file-unknown',
      'This file does not hold an OAuth client. Nothing was changed. In Google’s console, open Clients, choose your Desktop client, and download its JSON.',
    );
  }
  const file = parsed.data;
  if ('web' in file) {
    return wrong(
      'client-file-web',
      'This client is of the type “Web application”, which Google does not let a desktop app use. Nothing was changed. Create a client of the type “Desktop app” and download its JSON.',
    );
  }
  if ('type' in file) {
    return wrong(
      'client-file-service-account',
      'This is the key of a service account, which cannot sign a person in. Nothing was changed. Create an OAuth client of the type “Desktop app” and download its JSON.',
    );
  }
  if (!('client_secret' in file.installed)) {
    return wrong(
      'client-file-without-secret',
      'This file has no client secret; Google shows the secret only once, when a client is made. Nothing was changed. Add a new secret to the client in Google’s console and download its JSON then.',
    );
  }
  const { client_id, client_secret } = file.installed as { client_id: string; client_secret: string };
  return { ok: true, client: { id: client_id, secret: client_secret } };
}
