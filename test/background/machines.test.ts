import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autostartEntry, programFile, windowsStart } from '../../src/main/background/autostart.ts';
import { onWindowClose } from '../../src/main/background/closing.ts';
import { launchRequest } from '../../src/main/background/launch.ts';
import { lastingPause, pauseEnd } from '../../src/main/background/pause.ts';
import {
  applyHappening,
  conditionsIn,
  firstSurroundings,
  type Happening,
} from '../../src/main/background/surroundings.ts';
import { placeWindow, smallest } from '../../src/main/background/window-place.ts';

describe('surroundings', () => {
  const following = (...happenings: Happening[]) =>
    conditionsIn(happenings.reduce(applyHappening, firstSurroundings), null);

  test('watched is a window that is shown on a screen that is not locked', () => {
    expect(following().watched).toBe(false);
    expect(following('window-shown').watched).toBe(true);
    expect(following('window-shown', 'locked').watched).toBe(false);
    expect(following('window-shown', 'locked', 'unlocked').watched).toBe(true);
    expect(following('window-shown', 'window-hidden').watched).toBe(false);
    expect(following('locked', 'window-shown').watched).toBe(false);
  });

  test('asleep lasts from suspend to resume, or until somebody shows to be there', () => {
    expect(following('suspended').asleep).toBe(true);
    expect(following('suspended', 'locked', 'on-battery', 'window-hidden').asleep).toBe(true);
    for (const sign of ['resumed', 'unlocked', 'window-shown'] as const) {
      expect(following('suspended', sign).asleep).toBe(false);
    }
  });

  test('the battery is what was said of it last, and the pause is passed on', () => {
    expect(following('on-battery').onBattery).toBe(true);
    expect(following('on-battery', 'on-mains').onBattery).toBe(false);
    expect(conditionsIn(firstSurroundings, 7).pausedUntil).toBe(7);
  });
});

describe('a pause', () => {
  test('lasts an hour, or until eight tomorrow morning by the local clock', () => {
    const late = new Date(2026, 2, 28, 23, 50).getTime();
    expect(pauseEnd('hour', late)).toBe(late + 3_600_000);
    expect(new Date(pauseEnd('tomorrow', late))).toEqual(new Date(2026, 2, 29, 8));
    expect(new Date(pauseEnd('tomorrow', new Date(2026, 11, 31, 3).getTime()))).toEqual(new Date(2027, 0, 1, 8));
  });

  test('is over at its end', () => {
    expect(lastingPause(10, 9)).toBe(10);
    expect(lastingPause(10, 10)).toBeNull();
    expect(lastingPause(null, 10)).toBeNull();
  });
});

test('closing asks until the person has chosen, and never holds up the end of the program', () => {
  expect(onWindowClose('ask', false)).toBe('ask');
  expect(onWindowClose('hide', false)).toBe('hide');
  expect(onWindowClose('quit', false)).toBe('quit');
  for (const onClose of ['ask', 'hide', 'quit'] as const) expect(onWindowClose(onClose, true)).toBe('let-go');
});

describe('a command line', () => {
  test('means something only by two exact words', () => {
    expect(launchRequest(['mooring'])).toEqual({ kind: 'open' });
    expect(launchRequest(['mooring', '--hidden'])).toEqual({ kind: 'hidden' });
    expect(launchRequest(['mooring', '--no-sandbox', '--hidden', '.'])).toEqual({ kind: 'hidden' });
    expect(launchRequest(['mooring', '--hidden', '--purge'])).toEqual({ kind: 'purge' });
  });

  test('behind a double dash it is no option any more', () => {
    expect(launchRequest(['mooring', '--', '--purge', '--hidden'])).toEqual({ kind: 'open' });
    expect(launchRequest(['mooring', '--hidden', '--', '--purge'])).toEqual({ kind: 'hidden' });
  });

  test('whatever else is on it, it opens the window and no more', () => {
    const words = fc.array(fc.string({ maxLength: 200 }).filter((word) => word !== '--hidden' && word !== '--purge'));
    fc.assert(
      fc.property(words, (argv) => {
        expect(launchRequest(argv)).toEqual({ kind: 'open' });
      }),
    );
    for (const near of ['--hidden=1', '--HIDDEN', ' --hidden', '--purge ', '-purge', 'mooring://--purge'])
      expect(launchRequest([near])).toEqual({ kind: 'open' });
  });
});

describe('where the window opens', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1050 };
  const left = { x: -1280, y: 0, width: 1280, height: 1024 };
  const at = (x: number, y: number, width = 1000, height = 700) => ({
    bounds: { x, y, width, height },
    maximized: false,
  });

  test('where it was, also on a second display', () => {
    expect(placeWindow(at(100, 50), [screen])).toEqual({ x: 100, y: 50, width: 1000, height: 700 });
    expect(placeWindow(at(-1200, 50), [screen, left])).toEqual({ x: -1200, y: 50, width: 1000, height: 700 });
  });

  test('in the middle, as large as it was, when its display has gone or its title bar is out of reach', () => {
    expect(placeWindow(at(-1200, 50), [screen])).toEqual({ width: 1000, height: 700 });
    expect(placeWindow(at(1900, 50), [screen])).toEqual({ width: 1000, height: 700 });
    expect(placeWindow(at(100, -200), [screen])).toEqual({ width: 1000, height: 700 });
    expect(placeWindow(at(100, 1040), [screen])).toEqual({ width: 1000, height: 700 });
  });

  test('no larger than the display of now, and never smaller than the least', () => {
    expect(placeWindow(at(0, 0, 3000, 2000), [screen])).toEqual({ x: 0, y: 0, width: 1920, height: 1050 });
    expect(placeWindow(at(0, 0, 10, 10), [screen])).toEqual({ x: 0, y: 0, ...smallest });
    expect(placeWindow(null, [screen])).toEqual({ width: 1040, height: 720 });
    expect(placeWindow(at(0, 0), [])).toEqual({ width: 1000, height: 700 });
  });

  test('somebody can always take hold of it', () => {
    const integer = (least: number, most: number) => fc.integer({ min: least, max: most });
    const place = fc.record({
      x: integer(-5000, 5000),
      y: integer(-5000, 5000),
      width: integer(1, 5000),
      height: integer(1, 5000),
    });
    fc.assert(
      fc.property(place, (bounds) => {
        const found = placeWindow({ bounds, maximized: false }, [screen, left]);
        if (found.x === undefined || found.y === undefined) return;
        const seen = [screen, left].some((area) => {
          const across = Math.min(found.x! + found.width, area.x + area.width) - Math.max(found.x!, area.x);
          return across >= 100 && found.y! >= area.y && found.y! <= area.y + area.height - 30;
        });
        expect(seen).toBe(true);
      }),
    );
  });
});

describe('the autostart entry', () => {
  const exec = (...command: string[]) => /^Exec=(.*)$/m.exec(autostartEntry(command))![1]!;

  /** Reads an Exec line as the specification says: first the escapes of the file, then the quotes of the command. */
  function read(line: string): string[] {
    const text = line.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 's' ? ' ' : escaped));
    return [...text.matchAll(/"((?:\\.|[^"\\])*)"/g)].map((match) =>
      // A single percent sign begins a field code, which stands for something else or for nothing.
      match[1]!.replaceAll(/\\(.)/g, '$1').replaceAll(/%(.?)/g, (_, code: string) => (code === '%' ? '%' : '')),
    );
  }

  test('starts the program without a window', () => {
    expect(exec('/opt/Mooring/mooring', '--hidden')).toBe('"/opt/Mooring/mooring" "--hidden"');
    expect(autostartEntry(['/opt/Mooring/mooring'])).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Mooring\n/);
  });

  test('any path comes out as it went in, and none adds a line', () => {
    const special = fc.stringMatching(/^[ a%"'`$\\;&|]{1,20}$/);
    const any = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/[\n\r\0]/.test(text));
    const path = fc.oneof(special, any);
    fc.assert(
      fc.property(path, (text) => {
        expect(read(exec(`/home/${text}/Mooring.AppImage`, '--hidden'))).toEqual([
          `/home/${text}/Mooring.AppImage`,
          '--hidden',
        ]);
      }),
    );
    expect(() => autostartEntry(['/a\nExec=evil'])).toThrow('line break');
  });
});

test('on Windows a name with a space stays one word, whoever joins the words', () => {
  const { path, args } = windowsStart(['C:\\Users\\Ada Lovelace\\Mooring.exe', '--hidden']);
  const line = [path, ...args].join(' ');
  expect(line.match(/"[^"]*"|\S+/g)).toEqual(['"C:\\Users\\Ada Lovelace\\Mooring.exe"', '"--hidden"']);
});

test('starting at login names an AppImage by its file, and no other AppImage from which the program was started', () => {
  const APPIMAGE = '/home/ada/Mooring.AppImage';
  const started = (environment: { APPIMAGE?: string; APPDIR?: string }, executable: string) =>
    programFile(
      environment,
      executable,
      'proc /proc proc rw 0 0\nMooring.AppImage /tmp/.mount_Moor1 fuse.Mooring.AppImage ro 0 0',
    );
  expect(started({ APPIMAGE, APPDIR: '/tmp/.mount_Moor1' }, '/tmp/.mount_Moor1/mooring')).toBe(APPIMAGE);
  expect(started({ APPIMAGE, APPDIR: '/tmp/.mount_Edit1' }, '/opt/Mooring/mooring')).toBe('/opt/Mooring/mooring');
  expect(started({ APPIMAGE }, '/opt/Mooring/mooring')).toBe('/opt/Mooring/mooring');
  expect(started({}, '/opt/Mooring/mooring')).toBe('/opt/Mooring/mooring');
});
