import { aligned } from './dbus-reader.ts';

/** What a call can carry: a string, or a map of strings (`a{ss}`). */
export type Argument = string | Readonly<Record<string, string>>;

/** Writes values one after the other, each where its type has to begin. */
export class Writer {
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
