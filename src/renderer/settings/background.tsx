import { useId } from 'react';
import type { Settings } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { TitledSection } from '../common/titled-section.tsx';
import { Option } from './option.tsx';
import { useSaving } from './use-saving.ts';

interface Props {
  readonly settings: Settings;
  readonly launchAtLogin: boolean | null;
}

/** What Mooring does while nobody looks at its window. */
export function Background({ settings: { onClose, notifications }, launchAtLogin }: Props) {
  const { pending, problem, said, change } = useSaving();
  const group = useId();
  const close = (chosen: 'hide' | 'quit') => ({
    type: 'radio' as const,
    name: group,
    checked: onClose === chosen,
    pending,
    onChange: () => void change(() => window.mooring.changeSettings({ onClose: chosen })),
  });
  return (
    <TitledSection title="In the background" said={said}>
      <fieldset>
        <legend>When I close the window</legend>
        <Option
          {...close('hide')}
          label="Keep syncing in the tray"
          hint="Your copy stays up to date. Mooring’s icon in the tray opens the window again."
        />
        <Option {...close('quit')} label="Quit Mooring" hint="Your copy stays as it is until you open Mooring again." />
        {onClose === 'ask' && (
          <p className="quiet">You have not chosen yet. Mooring asks the first time you close the window.</p>
        )}
      </fieldset>
      <div className="options">
        {launchAtLogin === null ? (
          <p className="quiet">On this system Mooring cannot have itself started when you log in.</p>
        ) : (
          <Option
            type="checkbox"
            label="Start Mooring when I log in"
            hint="It starts without a window and syncs in the background."
            checked={launchAtLogin}
            pending={pending}
            onChange={(on) => void change(() => window.mooring.setLaunchAtLogin({ on }))}
          />
        )}
        <Option
          type="checkbox"
          label="Tell me when something needs me"
          hint="Mooring sends a notification when access has ended or is about to, when a permission is missing, when the keychain does not open, when the disk is full, and before a copy is erased; for nothing else."
          checked={notifications}
          pending={pending}
          onChange={(on) => void change(() => window.mooring.changeSettings({ notifications: on }))}
        />
      </div>
      <Notice problem={problem} />
    </TitledSection>
  );
}
