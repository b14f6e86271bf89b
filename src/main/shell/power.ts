import { powerMonitor } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import type { Happening } from '../background/surroundings.ts';

const lookEvery = 60_000;

/**
 * Passes on what the system says of sleep, lock and battery: https://www.electronjs.org/docs/latest/api/power-monitor
 * Locking is told on macOS and Windows only. A change to battery is told on macOS, and asked for once a minute elsewhere.
 */
export function watchPower(clock: Clock, happened: (happening: Happening) => void): void {
  powerMonitor.on('suspend', () => happened('suspended'));
  powerMonitor.on('resume', () => happened('resumed'));
  powerMonitor.on('lock-screen', () => happened('locked'));
  powerMonitor.on('unlock-screen', () => happened('unlocked'));
  powerMonitor.on('on-battery', () => happened('on-battery'));
  powerMonitor.on('on-ac', () => happened('on-mains'));

  let was: boolean | null = null;
  const look = () => {
    const battery = powerMonitor.isOnBatteryPower();
    if (battery !== was) happened(battery ? 'on-battery' : 'on-mains');
    was = battery;
    clock.after(lookEvery, look);
  };
  look();
}
