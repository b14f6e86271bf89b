import { useId } from 'react';
import type { RehearsalFailure } from '../../contract/rehearsal.ts';
import { Notice } from '../common/notice.tsx';
import { useBriefMessage } from '../common/use-brief-message.ts';
import { useRequest } from '../common/use-request.ts';
import { rehearsalsAt, rehearsalWords } from './rehearsal-words.ts';

interface Props {
  readonly accountId: string;
  readonly onRehearsed: () => void;
}

/** Brings failures about on purpose, so that each recovery can be watched before it is needed. */
export function FailureRehearsal({ accountId, onRehearsed }: Props) {
  const rehearse = useRequest(window.mooring.rehearse);
  const done = useBriefMessage(6_000);

  async function press(failure: RehearsalFailure) {
    if (rehearse.pending) return;
    const reply = await rehearse.run({ accountId, failure });
    if (reply.ok) done.say(`Done: ${rehearsalWords[failure].title}`);
    onRehearsed();
  }

  const list = (failures: readonly RehearsalFailure[]) => (
    <ul className="failures">
      {failures.map((failure) => (
        <Failure key={failure} failure={failure} pending={rehearse.pending} onPress={() => void press(failure)} />
      ))}
    </ul>
  );

  return (
    <section className="section" aria-label="Rehearsal">
      <h3>Rehearse a failure</h3>
      <p className="quiet">
        Everything here happens to the stand-in for Google and to this rehearsal’s own data, never to a real account.
      </p>
      {list(rehearsalsAt('everywhere'))}
      <h4>Ruin what is on this computer</h4>
      {list(rehearsalsAt('here'))}
      <h4>Let it happen at Google</h4>
      {list(rehearsalsAt('google'))}
      <div className="rehearsal-said">
        <p className="copied" role="status">
          {done.words}
        </p>
        <Notice problem={rehearse.problem} />
      </div>
    </section>
  );
}

function Failure(props: { failure: RehearsalFailure; pending: boolean; onPress: () => void }) {
  const { failure, pending, onPress } = props;
  const id = useId();
  const { title, what } = rehearsalWords[failure];
  return (
    <li>
      {/* Not `disabled`, which would take the focus from who has just pressed it. */}
      <button type="button" aria-disabled={pending} aria-describedby={id} data-failure={failure} onClick={onPress}>
        {title}
      </button>
      <span id={id} className="quiet">
        {what}
      </span>
    </li>
  );
}
