import type { Problem } from '../../contract/problem.ts';

/** What is good to know and asks for nothing: said quietly, and not over what is being read. */
export function Notices({ notices }: { notices: readonly Problem[] }) {
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="Notices">
      {notices.map(({ code, sentence }) => (
        <li key={`${code}/${sentence}`} role="status" data-code={code}>
          {sentence}
        </li>
      ))}
    </ul>
  );
}
