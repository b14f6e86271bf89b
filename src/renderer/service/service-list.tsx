import type { AccountView } from '../../contract/state.ts';
import { useFaces } from '../common/faces.ts';
import { labelOf } from '../common/region-label.ts';
import { ServiceRow } from './service-row.tsx';

/** What is copied of an account, what is not, and why. */
export function ServiceList({ view: { account, services }, of }: { view: AccountView; of: string | null }) {
  const faces = useFaces();
  return (
    <ul className="services" aria-label={labelOf('Services', of)}>
      {Object.entries(faces).map(([name, face]) => {
        const view = services[name];
        return view && <ServiceRow key={name} name={name} face={face} view={view} account={account} />;
      })}
    </ul>
  );
}
