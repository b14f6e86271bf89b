import type { ServiceView } from '../../contract/standing.ts';

/** Whether anything of the service is on this computer. */
export const isHeld = ({ sync }: ServiceView): boolean => Object.values(sync.counts).some((amount) => amount > 0);
