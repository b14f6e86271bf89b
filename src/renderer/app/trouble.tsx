import { Component, type ReactNode } from 'react';
import { Page } from '../common/page.tsx';

/** The screen for when there is nothing else that could truthfully be shown. */
export function Trouble({ sentence }: { sentence: string }) {
  return (
    <Page title="Mooring cannot show this window">
      <p role="alert">{sentence}</p>
      <p>
        <button type="button" onClick={() => window.location.reload()}>
          Load the window again
        </button>
      </p>
    </Page>
  );
}

/** React has no other way to catch what goes wrong while drawing than a class. */
export class Safely extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Trouble sentence="Something went wrong while drawing this window. Your copy is safe on this computer." />;
  }
}
