import { aligned, Reader } from './dbus-reader.ts';
import { type Argument, Writer } from './dbus-writer.ts';

/**
 * The part of D-Bus's wire format that questions to the Secret Service need: calls with strings and string maps, and
 * answers of any type. https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol
 */

export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments: readonly Argument[];
}

/** A message from the bus that answers a call, or says why not. */
export type Reply =
  | { readonly kind: 'answer'; readonly serial: number; readonly values: readonly unknown[] }
  | { readonly kind: 'error'; readonly serial: number; readonly name: string; readonly text: string };

const messageType = { call: 1, answer: 2, error: 3 } as const;
const field = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 } as const;

/** The length of the part of the header that every message has, with the length of the fields that follow. */
const fixedHeader = 16;
/** Bytes. The bus itself stops at 128 MiB, a keychain with a thousand entries is below 200 KB. */
const largest = 8 * 1_048_576;

/** Writes a call as the bytes of one message. */
export function writeCall(serial: number, call: Call): Buffer {
  const body = new Writer();
  for (const argument of call.arguments) body.argument(argument);
  const fields = new Writer();
  fields.field(field.path, 'o', call.path);
  fields.field(field.interface, 's', call.interface);
  fields.field(field.member, 's', call.member);
  fields.field(field.destination, 's', call.destination);
  const signature = call.arguments.map((each) => (typeof each === 'string' ? 's' : 'a{ss}')).join('');
  if (signature !== '') fields.field(field.signature, 'g', signature);

  const head = Buffer.alloc(fixedHeader);
  head.set(['l'.charCodeAt(0), messageType.call, 0, 1]);
  head.writeUInt32LE(body.bytes().length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(fields.bytes().length, 12);
  fields.align(8);
  return Buffer.concat([head, fields.bytes(), body.bytes()]);
}

/**
 * Takes the first whole message off what has arrived; null while it is not whole. `reply` is null for what answers
 * nothing, such as a signal.
 * @throws where it is no D-Bus message of this computer's byte order, or larger than any answer is.
 */
export function takeMessage(arrived: Buffer): { reply: Reply | null; rest: Buffer } | null {
  if (arrived.length < fixedHeader) return null;
  if (arrived[0] !== 'l'.charCodeAt(0)) throw new Error('The bus speaks in another byte order.');
  const bodyLength = arrived.readUInt32LE(4);
  const bodyStart = aligned(fixedHeader + arrived.readUInt32LE(12), 8);
  if (bodyStart + bodyLength > largest) throw new Error('A message of the bus is too large.');
  if (arrived.length < bodyStart + bodyLength) return null;
  const [fields] = new Reader(arrived.subarray(0, bodyStart), 12).all('a(yv)');
  const body = arrived.subarray(bodyStart, bodyStart + bodyLength);
  return { reply: readReply(arrived[1], fields, body), rest: arrived.subarray(bodyStart + bodyLength) };
}

function readReply(type: number | undefined, fields: unknown, body: Buffer): Reply | null {
  const held = new Map(fields as [number, unknown][]);
  const serial = Number(held.get(field.replySerial));
  const values = new Reader(body, 0).all(String(held.get(field.signature) ?? ''));
  if (type === messageType.answer) return { kind: 'answer', serial, values };
  if (type !== messageType.error) return null;
  return { kind: 'error', serial, name: String(held.get(field.errorName)), text: String(values[0] ?? '') };
}
