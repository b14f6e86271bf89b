const wanted = new Map<string, string>();
let started = false;

/**
 * Chromium hears as a switch what Electron would tell it while it runs. It is started once, when the first window needs it,
 * so that what the app asks for after that cannot come true any more, and is refused.
 */
export function askChromium(name: string, value: string): void {
  if (wanted.get(name) === value) return;
  if (started) throw new Error(`the stand-in's Chromium runs already, and takes no --${name}=${value} any more`);
  wanted.set(name, value);
}

/** The switches that the app has asked for; none can follow. */
export function takeSwitches(): string[] {
  started = true;
  return [...wanted].map(([name, value]) => `--${name}=${value}`);
}
