import { refuseBeforeReady } from './lifecycle.ts';
import { strictEmitter } from './strict.ts';

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, label: '', bounds: area, workArea: area, size: area, workAreaSize: area, scaleFactor: 1 };

/**
 * One display of a common size.
 * https://www.electronjs.org/docs/latest/api/screen
 */
class Screen
  extends strictEmitter('screen')
  implements
    Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint'>
{
  getPrimaryDisplay(): Electron.Display {
    refuseBeforeReady("The 'screen' module can't be used before the app 'ready' event");
    return display as unknown as Electron.Display;
  }
  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }
  getDisplayMatching(): Electron.Display {
    return this.getPrimaryDisplay();
  }
  getDisplayNearestPoint(): Electron.Display {
    return this.getPrimaryDisplay();
  }
}

export const screen = new Screen();
