/** One stage of the tour, as it was measured. */
export interface Stage {
  readonly name: string;
  /** Milliseconds from what began the stage to what ended it. */
  readonly milliseconds: number;
  /** What could be counted. */
  readonly found: string;
}

/** Plays stages one after another, measures each, and prints it when it has ended. */
export function startTimeline(print: (line: string) => void) {
  const began = performance.now();
  const stages: Stage[] = [];
  return {
    stages,
    async stage(name: string, play: () => Promise<string>): Promise<void> {
      const from = performance.now();
      const found = await play();
      const stage = { name, milliseconds: Math.round(performance.now() - from), found };
      stages.push(stage);
      const at = ((from - began) / 1000).toFixed(2).padStart(7);
      print(`${at} s  ${name.padEnd(24)} ${String(stage.milliseconds).padStart(6)} ms  ${found}`);
    },
  };
}
