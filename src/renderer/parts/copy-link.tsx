import { useEffect, useState } from 'react';
import { useRequest } from '../hooks/use-request.ts';
import { Notice } from './notice.tsx';

export function CopyLink() {
  const copy = useRequest(window.mooring.copySignInLink);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 4_000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <>
      <button type="button" onClick={async () => setCopied(await copy.run())}>
        Copy link
      </button>
      {/* Always there, so that a screen reader hears what is put into it. */}
      <span className="copied" role="status">
        {copied && 'Copied'}
      </span>
      <Notice problem={copy.problem} />
    </>
  );
}
