import { useBriefMessage } from './use-brief-message.ts';
import { useRequest } from './use-request.ts';

/** An address that somebody else wrote. It is copied and never opened: where it leads is seen before anybody goes there. */
export function AddressButton({ href, children }: { href: string; children: string }) {
  const { run, problem } = useRequest(window.mooring.copyAddress);
  const copied = useBriefMessage(4_000);
  return (
    <>
      <button
        type="button"
        className="link address-button"
        title={`Copy ${href}`}
        onClick={async () => {
          if ((await run({ address: href })).ok) copied.say('Address copied');
        }}
      >
        <bdi>{children}</bdi>
      </button>
      {/* Always there, so that a screen reader hears what is put into it. */}
      <span className="copied" role="status">
        {problem?.sentence ?? copied.words}
      </span>
    </>
  );
}
