import { strictEmitter } from './strict.ts';

/**
 * Says nothing by itself; a test emits what should have happened: `electron.powerMonitor.emit('resume')`.
 * `on-battery` and `on-ac` exist on macOS and Windows only.
 * https://www.electronjs.org/docs/latest/api/power-monitor
 */
class PowerMonitor
  extends strictEmitter('powerMonitor')
  implements Pick<Electron.PowerMonitor, 'isOnBatteryPower' | 'getSystemIdleTime' | 'onBatteryPower'>
{
  onBatteryPower = false;

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
  getSystemIdleTime(): number {
    return 0;
  }
}

export const powerMonitor = new PowerMonitor();
