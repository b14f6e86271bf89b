import type { Port } from '../contract/rpc.ts';

/** A process that main has forked, as main sees it. */
export interface ForkedProcess {
  readonly port: Port;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}
