import type { CommandLine } from 'electron';

/** `<link rel="dns-prefetch">` looks nothing up: https://html.spec.whatwg.org/multipage/links.html#link-type-dns-prefetch */
export const blinkSettings = 'dnsPrefetchingEnabled=false';

/**
 * Keeps pages from having names looked up as a hint: a name can carry what a page knows, and Electron looks it up without
 * asking the policy, webRequest or the proxy. Must run before the app is ready.
 */
export function refuseHints(commandLine: CommandLine): void {
  commandLine.appendSwitch('blink-settings', blinkSettings);
}
