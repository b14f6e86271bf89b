/**
 * The part of D-Bus's wire format that questions to the Secret Service need: calls with strings and string maps, and
 * answers of any type. https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol
 */

/** What a call can carry: a string, or a map of strings (`a{ss}`). */
export type Argument = string | Readonly<Record<string, string>>;

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

const aligned = (at: number, to: number) => Math.ceil(at / to) * to;

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

class Writer {
  private buffer = Buffer.alloc(0);

  bytes = (): Buffer => this.buffer;

  align(to: number): void {
    this.add(Buffer.alloc(aligned(this.buffer.length, to) - this.buffer.length));
  }

  argument(value: Argument): void {
    if (typeof value === 'string') {
      this.string(value);
      return;
    }
    const entries = new Writer();
    for (const [key, each] of Object.entries(value)) {
      entries.align(8);
      entries.string(key);
      entries.string(each);
    }
    this.number(entries.bytes().length);
    this.align(8);
    this.add(entries.bytes());
  }

  field(code: number, type: 'o' | 's' | 'g', value: string): void {
    this.align(8);
    this.add(Buffer.from([code, 1, type.charCodeAt(0), 0]));
    if (type === 'g') this.add(Buffer.from([value.length, ...Buffer.from(value), 0]));
    else this.string(value);
  }

  private string(value: string): void {
    this.number(Buffer.byteLength(value));
    this.add(Buffer.from(`${value}\0`));
  }

  private number(value: number): void {
    this.align(4);
    const four = Buffer.alloc(4);
    four.writeUInt32LE(value);
    this.add(four);
  }

  private add(bytes: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, bytes]);
  }
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

/** Reads values by their signature; a string map, and any other map, becomes a list of pairs. */
class Reader {
  private readonly bytes: Buffer;
  private at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  all(signature: string): unknown[] {
    return completeTypes(signature).map((type) => this.value(type));
  }

  private value(type: string): unknown {
    switch (type[0]) {
      case 'y':
        return this.take(1).readUInt8();
      case 'b':
        return this.take(4).readUInt32LE() !== 0;
      case 'n':
        return this.take(2).readInt16LE();
      case 'q':
        return this.take(2).readUInt16LE();
      case 'i':
        return this.take(4).readInt32LE();
      case 'u':
        return this.take(4).readUInt32LE();
      case 'x':
        return this.take(8).readBigInt64LE();
      case 't':
        return this.take(8).readBigUInt64LE();
      case 'd':
        return this.take(8).readDoubleLE();
      case 's':
      case 'o':
        return this.text(this.take(4).readUInt32LE());
      case 'g':
        return this.text(this.take(1).readUInt8());
      case 'v':
        return this.all(this.text(this.take(1).readUInt8()))[0];
      case '(':
      case '{':
        this.at = aligned(this.at, 8);
        return this.all(type.slice(1, -1));
      case 'a':
        return this.list(type.slice(1));
      default:
        throw new Error('The bus sent a type that is not known.');
    }
  }

  private list(type: string): unknown[] {
    const length = this.take(4).readUInt32LE();
    this.at = aligned(
      this.at,
      '({xtd'.includes(type[0] ?? '') ? 8 : 'yvg'.includes(type[0] ?? '') ? 1 : alignment(type),
    );
    const end = this.at + length;
    const values: unknown[] = [];
    while (this.at < end) values.push(this.value(type));
    return values;
  }

  private take(size: number): Buffer {
    const from = aligned(this.at, size);
    this.at = from + size;
    return this.bytes.subarray(from, this.at);
  }

  private text(length: number): string {
    const text = this.bytes.toString('utf8', this.at, this.at + length);
    this.at += length + 1;
    return text;
  }
}

const alignment = (type: string) => ('nq'.includes(type[0] ?? '') ? 2 : 4);

/** Splits a signature into its complete types: `a{sv}ao` is `a{sv}` and `ao`. */
function completeTypes(signature: string): string[] {
  const types: string[] = [];
  for (let at = 0; at < signature.length; ) {
    let end = at;
    while (signature[end] === 'a') end += 1;
    if (signature[end] === '(' || signature[end] === '{') {
      let depth = 0;
      do {
        if ('({'.includes(signature[end] ?? '')) depth += 1;
        if (')}'.includes(signature[end] ?? ')')) depth -= 1;
        end += 1;
      } while (depth > 0 && end < signature.length);
    } else end += 1;
    types.push(signature.slice(at, end));
    at = end;
  }
  return types;
}
