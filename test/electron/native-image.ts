import { readFileSync } from 'node:fs';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Holds an encoded picture and knows its size; it does not decode or draw. PNG is what the stand-in can read.
 * https://www.electronjs.org/docs/latest/api/native-image
 */
export class NativeImage
  implements Pick<Electron.NativeImage, 'isEmpty' | 'toPNG' | 'setTemplateImage' | 'isTemplateImage' | 'getSize'>
{
  private readonly data: Buffer;
  private template = false;

  constructor(data: Buffer) {
    this.data = data;
  }
  static from(data: Buffer): NativeImage {
    // Electron answers an empty image for what it cannot read.
    return new NativeImage(data.subarray(0, 8).equals(png) ? data : Buffer.alloc(0));
  }
  isEmpty(): boolean {
    return this.data.length === 0;
  }
  toPNG(): Buffer {
    return Buffer.from(this.data);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.data.toString('base64')}`;
  }
  setTemplateImage(option: boolean): void {
    this.template = option;
  }
  isTemplateImage(): boolean {
    return this.template;
  }
  getSize(): Electron.Size {
    if (this.isEmpty()) return { width: 0, height: 0 };
    return { width: this.data.readUInt32BE(16), height: this.data.readUInt32BE(20) };
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => NativeImage.from(Buffer.alloc(0)),
  createFromBuffer: (buffer: Buffer): NativeImage => NativeImage.from(buffer),
  createFromDataURL: (url: string): NativeImage =>
    NativeImage.from(Buffer.from(/^data:image\/png;base64,(.*)$/s.exec(url)?.[1] ?? '', 'base64')),
  createFromPath: (path: string): NativeImage => {
    try {
      return NativeImage.from(readFileSync(path));
    } catch {
      return NativeImage.from(Buffer.alloc(0));
    }
  },
};

/** What may be given as an icon; a path to nothing is an error, as it is for a tray. */
export function imageOf(image: unknown): NativeImage {
  if (image instanceof NativeImage) return image;
  if (typeof image !== 'string') throw new TypeError('an image is a NativeImage or a path');
  const found = nativeImage.createFromPath(image);
  if (found.isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
  return found;
}
