import { z } from 'zod';

const Rectangle = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof Rectangle>;
type Size = Pick<Rectangle, 'width' | 'height'>;

/** Where the window was when it was last put away; its size is that before it was maximised. */
export const WindowPlace = z.strictObject({ bounds: Rectangle, maximized: z.boolean() });
export type WindowPlace = z.infer<typeof WindowPlace>;

export const smallest = { width: 720, height: 520 } as const;
const usual = { width: 1040, height: 720 } as const;

/** What of a title bar has to be in reach, in device-independent pixels, so that the window can be dragged. */
const grip = { width: 120, height: 32 } as const;

/**
 * Where to open the window: where it was, made to fit the displays of now. Without x and y the system centres it. A
 * place on a display that has gone would leave the window where nobody can reach it.
 */
export function placeWindow(
  remembered: WindowPlace | null,
  workAreas: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  if (remembered === null) return usual;
  const { x, y } = remembered.bounds;
  const home = workAreas.find((area) => reachable({ ...sizeWithin(remembered.bounds, area), x, y }, area));
  const size = sizeWithin(remembered.bounds, home ?? workAreas[0] ?? remembered.bounds);
  return home === undefined ? size : { x, y, ...size };
}

/** As large as it was, if there is room for that, and never smaller than can be used. */
const sizeWithin = (size: Size, room: Size): Size => ({
  width: Math.max(smallest.width, Math.min(size.width, room.width)),
  height: Math.max(smallest.height, Math.min(size.height, room.height)),
});

/** Whether the top edge, where the title bar is, can be seen and taken hold of in this area. */
function reachable({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return seen >= grip.width && y >= area.y && y + grip.height <= area.y + area.height;
}
