import { later } from './events.ts';
import { strictEmitter } from './strict.ts';

/**
 * Remembers the theme; pages are not told: emulate colours with Playwright.
 * https://www.electronjs.org/docs/latest/api/native-theme
 */
class NativeTheme
  extends strictEmitter('nativeTheme')
  implements Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'>
{
  private source: 'system' | 'light' | 'dark' = 'system';

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.source;
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`not a theme: ${source}`);
    if (source === this.source) return;
    this.source = source;
    later(() => this.emit('updated'));
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
  get shouldUseHighContrastColors(): boolean {
    return false;
  }
}

export const nativeTheme = new NativeTheme();
