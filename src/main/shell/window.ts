import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import type { Place } from '../../contract/window.ts';
import type { Closing } from '../background/closing.ts';
import { placeWindow, type WindowPlace } from '../background/window-place.ts';
import type { HeldFile } from '../held-file.ts';
import { startPage } from './own-page.ts';
import { windowOptions } from './window-options.ts';

/** The one window, which is there only once somebody has wanted to see it, and is then hidden rather than closed. */
export interface MainWindow {
  /** Brings it to front, opening it if need be, at a place of it if one is named. */
  show(place?: Place): void;
  /** Its web contents, if there is one. */
  contents(): WebContents | null;
}

/** On macOS, a window that is hidden in full screen leaves an empty black space, so it leaves full screen first. */
function hide(window: BrowserWindow): void {
  if (process.platform !== 'darwin' || !window.isFullScreen()) {
    window.hide();
    return;
  }
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}

/** A page that keeps crashing is not opened again and again by itself. */
const crashPause = 60_000;

export interface MainWindowDeps {
  readonly clock: Clock;
  readonly remembered: HeldFile<WindowPlace | null>;
  /** Says when a person can, or can no longer, see it. */
  readonly onVisibility: (shown: boolean) => void;
  /** What closing it does, decided at once. */
  readonly onClose: () => Closing;
  /** Says that Mooring goes on without it, and asks whether it should; null when it is not to be closed. */
  readonly askHowToClose: (window: BrowserWindow) => Promise<'hide' | 'quit' | null>;
  readonly quit: () => void;
  readonly sendPlace: (contents: WebContents, place: Place) => void;
}

export function openMainWindow(deps: MainWindowDeps): MainWindow {
  const { clock, remembered, onVisibility, onClose, askHowToClose, quit, sendPlace } = deps;
  let window: BrowserWindow | null = null;
  /** Whether its page is there to hear anything, and the place to name to it once it is. */
  let hears = false;
  let waiting: Place | null = null;
  let crashedAt = Number.NEGATIVE_INFINITY;

  function open(): BrowserWindow {
    const before = remembered.read();
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const opened = new BrowserWindow(
      windowOptions({
        place: placeWindow(before, workAreas),
        dark: nativeTheme.shouldUseDarkColors,
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        devTools: !app.isPackaged,
      }),
    );
    const report = () => onVisibility(opened.isVisible() && !opened.isMinimized());
    opened.on('show', report).on('hide', report).on('minimize', report).on('restore', report);
    opened.once('ready-to-show', () => {
      if (before?.maximized === true) opened.maximize();
      opened.show();
    });
    opened.on('close', (event) => {
      remembered.note({ bounds: opened.getNormalBounds(), maximized: opened.isMaximized() });
      const closing = onClose();
      if (closing === 'let-go') return;
      event.preventDefault();
      act(closing, opened);
    });
    opened.once('closed', () => {
      window = null;
      hears = false;
      waiting = null;
      onVisibility(false);
    });
    opened.webContents.once('render-process-gone', () => clock.after(0, () => replace(opened)));
    opened.webContents.once('did-finish-load', () => {
      hears = true;
      if (waiting !== null) sendPlace(opened.webContents, waiting);
      waiting = null;
    });
    void opened.loadURL(startPage);
    return opened;
  }

  /** A window whose page has crashed stays blank, so it is replaced. Nothing is lost, because main holds the state. */
  function replace(crashed: BrowserWindow): void {
    if (crashed.isDestroyed()) return;
    const wanted = crashed.isVisible() && onClose() !== 'let-go' && clock.elapsed() - crashedAt > crashPause;
    crashedAt = clock.elapsed();
    crashed.destroy();
    if (wanted) window = open();
  }

  function act(closing: Exclude<Closing, 'let-go'>, closed: BrowserWindow): void {
    switch (closing) {
      case 'hide':
        hide(closed);
        return;
      case 'quit':
        quit();
        return;
      case 'ask':
        void askHowToClose(closed).then((chosen) => {
          if (chosen !== null && !closed.isDestroyed()) act(chosen, closed);
        });
        return;
      default:
        closing satisfies never;
    }
  }

  return {
    show(place) {
      if (window === null) {
        window = open();
      } else {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
      }
      if (place === undefined) return;
      if (hears) sendPlace(window.webContents, place);
      else waiting = place;
    },
    contents: () => window?.webContents ?? null,
  };
}
