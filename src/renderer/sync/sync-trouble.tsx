import type { SyncFailure } from '../../contract/sync.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';

/**
 * A failure that has nothing to do with Google; the others are matters of the connection or of one
 * service, and said there.
 */
export function SyncTrouble({ failure }: { failure: SyncFailure | null }) {
  const rebuild = useRequest(window.mooring.rebuildCopy);
  if (failure === null) return null;
  switch (failure.kind) {
    case 'observed':
    case 'no-access-token':
    case 'budget-spent':
      return null;
    case 'internal':
      return <Notice problem={{ code: 'internal', sentence: failure.sentence }} />;
    case 'storage':
      return (
        <>
          <Notice problem={failure} />
          {failure.rebuild && (
            <>
              <p className="quiet">The damaged file is kept aside, not deleted; nothing changes at Google.</p>
              <button type="button" className="primary" disabled={rebuild.pending} onClick={() => void rebuild.run()}>
                Copy everything anew
              </button>
            </>
          )}
          <Notice problem={rebuild.problem} />
        </>
      );
    default:
      return failure satisfies never;
  }
}
