import type { AppState } from '../../contract/state.ts';
import { BackButton } from '../common/back-button.tsx';
import { Title } from '../common/title.tsx';
import { useEscape } from '../common/use-escape.ts';
import { Background } from './background.tsx';
import { Export } from './export.tsx';
import { Retention } from './retention.tsx';
import { Syncing } from './syncing.tsx';

interface Props {
  readonly state: AppState;
  readonly pausedUntil: number | null;
  readonly at: 'title' | 'retention';
  readonly onBack: () => void;
}

/** What a person may decide; all of it holds for every account. */
export function Settings({ state, pausedUntil, at, onBack }: Props) {
  const { settings, exports, accounts, launchAtLogin, onBattery } = state;
  useEscape(onBack);
  return (
    <div className="side-page settings">
      <div className="side-page-head">
        <BackButton onBack={onBack} />
        {at === 'title' ? <Title level="h2">Settings</Title> : <h2>Settings</h2>}
        <p className="quiet">Whatever you choose holds for every account.</p>
      </div>
      <Background settings={settings} launchAtLogin={launchAtLogin} />
      <Syncing pausedUntil={pausedUntil} onBattery={onBattery} />
      <Export exports={exports} accounts={accounts} />
      <Retention settings={settings} takesFocus={at === 'retention'} />
    </div>
  );
}
