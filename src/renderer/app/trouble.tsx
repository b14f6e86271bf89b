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
