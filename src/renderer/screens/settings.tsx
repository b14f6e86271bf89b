import type { AppState } from '../../contract/state.ts';
import { useEscape } from '../hooks/use-escape.ts';
import { BackButton } from '../parts/back-button.tsx';
import { Background } from '../parts/settings/background.tsx';
import { Retention } from '../parts/settings/retention.tsx';
import { Syncing } from '../parts/settings/syncing.tsx';
import { Title } from '../parts/title.tsx';

interface Props {
  readonly state: AppState;
  readonly pausedUntil: number | null;
  readonly at: 'title' | 'retention';
  readonly onBack: () => void;
}

/** What a person may decide; all of it holds for every account. */
export function Settings({ state: { settings, launchAtLogin, onBattery }, pausedUntil, at, onBack }: Props) {
  useEscape(onBack);
  return (
    <div className="detour settings">
      <div className="detour-head">
        <BackButton onBack={onBack} />
        {at === 'title' ? <Title level="h2">Settings</Title> : <h2>Settings</h2>}
        <p className="quiet">Whatever you choose holds for every account.</p>
      </div>
      <Background settings={settings} launchAtLogin={launchAtLogin} />
      <Syncing pausedUntil={pausedUntil} onBattery={onBattery} />
      <Retention settings={settings} takesFocus={at === 'retention'} />
    </div>
  );
}
