import { z } from 'zod';

const Rectangle = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof Rectangle>;

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
  const { bounds } = remembered;
  const home = workAreas.find((area) => reachable(bounds, area));
  const room = home ?? workAreas[0];
  const width = Math.max(smallest.width, Math.min(bounds.width, room?.width ?? bounds.width));
  const height = Math.max(smallest.height, Math.min(bounds.height, room?.height ?? bounds.height));
  return home === undefined ? { width, height } : { x: bounds.x, y: bounds.y, width, height };
}

/** Whether the top edge, where the title bar is, can be seen and taken hold of in this area. */
function reachable({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return seen >= grip.width && y >= area.y && y + grip.height <= area.y + area.height;
}
