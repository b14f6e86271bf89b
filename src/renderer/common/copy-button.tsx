import type { Reply } from '../../contract/window.ts';
import { Notice } from './notice.tsx';
import { useBriefMessage } from './use-brief-message.ts';
import { useRequest } from './use-request.ts';

/** Has main put something on the clipboard, and says so. */
export function CopyButton({ label, copy }: { label: string; copy: () => Promise<Reply<null>> }) {
  const request = useRequest(copy);
  const copied = useBriefMessage(4_000);
  return (
    <>
      <button
        type="button"
        onClick={async () => {
          if ((await request.run()).ok) copied.say('Copied');
        }}
      >
        {label}
      </button>
      {/* Always there, so that a screen reader hears what is put into it. */}
      <span className="copied" role="status">
        {copied.words}
      </span>
      <Notice problem={request.problem} />
    </>
  );
}
