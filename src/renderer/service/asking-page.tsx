import type { ServiceContract } from '../../contract/service.ts';
import type { AccountView } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';

interface Props {
  readonly name: string;
  readonly contract: ServiceContract;
  readonly accounts: readonly AccountView[];
}

/** Explains a service that is not copied, and asks for it with one button for each account. */
export function AskingPage({ name, contract, accounts }: Props) {
  const keep = useRequest(window.mooring.keepService);
  const alone = accounts.length === 1;
  return (
    <section className="asking" aria-label={contract.name}>
      <h2>{contract.name}</h2>
      <p>{contract.why}</p>
      <p>Mooring reads {contract.reads}, and can change nothing there.</p>
      <ul>
        {accounts.map(({ account, services }) => (
          <li key={account.id}>
            <p className="quiet">{services[name]?.standing.sentence}</p>
            <button
              type="button"
              className="primary"
              onClick={() => void keep.run({ accountId: account.id, service: name })}
            >
              {alone ? `Copy ${contract.things}` : `Copy ${contract.things} of ${account.email}`}
            </button>
          </li>
        ))}
      </ul>
      <Notice problem={keep.problem} />
    </section>
  );
}
