import type { TrayState } from './tray-view.ts';

/** The panel that the picture is shown on; macOS colours a template by itself. */
export type PanelTone = 'template' | 'on-light' | 'on-dark';

/** Desktops whose panel is dark whatever the theme of their windows. */
const darkPanels = ['gnome', 'unity', 'budgie', 'cinnamon'];

/** `desktop` is XDG_CURRENT_DESKTOP, a list with colons; `dark` is what the system says of its theme. */
export function panelTone(options: { platform: string; desktop: string; dark: boolean }): PanelTone {
  const { platform, desktop, dark } = options;
  if (platform === 'darwin') return 'template';
  const alwaysDark =
    platform === 'linux' &&
    desktop
      .toLowerCase()
      .split(':')
      .some((name) => darkPanels.includes(name));
  return dark || alwaysDark ? 'on-dark' : 'on-light';
}

/**
 * The file of a picture; beside it lie those for denser displays, with `@2x` and the like before the ending. On macOS the
 * name has to end in `Template`: https://www.electronjs.org/docs/latest/api/native-image#template-image-macos
 */
export const trayPicture = (state: TrayState, tone: PanelTone): string =>
  tone === 'template' ? `${state}Template.png` : `${state}-${tone}.png`;
