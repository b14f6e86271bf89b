import { useFaces } from '../common/faces.ts';

/** The way from one service to another, where there is more than one. */
export function ServiceNav({ current, onOpen }: { current: string; onOpen: (name: string) => void }) {
  const entries = Object.entries(useFaces());
  if (entries.length < 2) return null;
  return (
    <nav className="service-nav" aria-label="Services">
      {entries.map(([name, { contract }]) => (
        <button
          key={name}
          type="button"
          className="plain"
          aria-current={name === current ? 'page' : undefined}
          onClick={() => onOpen(name)}
        >
          {contract.name}
        </button>
      ))}
    </nav>
  );
}
