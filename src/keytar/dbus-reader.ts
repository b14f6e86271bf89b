/** The next place at or after `at` that is a multiple of `to`. */
export const aligned = (at: number, to: number): number => Math.ceil(at / to) * to;

/** Reads values by their signature; a string map, and any other map, becomes a list of pairs. */
export class Reader {
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
    while (this.at < end) {
      const from = this.at;
      values.push(this.value(type));
      // An empty structure takes no room, and there would be no end of them.
      if (this.at === from) throw new Error('The bus sent a list of nothing.');
    }
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
