import type { Account } from '../../contract/account.ts';
import type { ServiceView } from '../../contract/standing.ts';
import { standingTitles } from '../../contract/titles.ts';
import type { Face } from '../common/faces.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { DropService } from './drop-service.tsx';
import { isHeld } from './held.ts';
import { keepLabel, standingSentence, standingTone } from './standing-words.ts';

interface Props {
  readonly name: string;
  readonly face: Face;
  readonly view: ServiceView;
  readonly account: Account;
}

/** One service of an account: how it stands, what is held of it, and the way to have it copied or not. */
export function ServiceRow({ name, face, view, account }: Props) {
  const { standing, sync } = view;
  const { contract, words } = face;
  const keep = useRequest(window.mooring.keepService);
  const label = keepLabel(standing);
  const sentence = standingSentence(standing);
  const quiet = standing.kind === 'working' || standing.reason === 'connection';
  const shown = standing.kind !== 'off' || isHeld(view);
  const drop = <DropService name={name} contract={contract} view={view} account={account} />;
  return (
    <li
      className="service"
      data-service={name}
      data-standing={standing.kind}
      data-reason={standing.reason}
      data-tone={standingTone(standing.kind)}
    >
      <div className="service-head">
        <span className="dot" aria-hidden="true" />
        <strong>{contract.name}</strong>
        {!quiet && <span className="quiet">{standingTitles[standing.kind]}</span>}
        {shown && label === null && drop}
      </div>
      {shown && (
        // While the first copy is made its progress has the only count; the line keeps its place.
        <p data-testid="counts" data-hidden={sync.running && sync.lastSuccessAt === null}>
          {words.counts(undefined, sync.counts)}
        </p>
      )}
      {sentence !== null && (
        <p className="notice" role="status" data-testid="standing">
          {sentence}
        </p>
      )}
      {label !== null && (
        <div className="buttons">
          <button
            type="button"
            aria-label={`${label}: ${contract.name}`}
            onClick={() => void keep.run({ accountId: account.id, service: name })}
          >
            {label}
          </button>
          {shown && drop}
        </div>
      )}
      <Notice problem={keep.problem} />
    </li>
  );
}
