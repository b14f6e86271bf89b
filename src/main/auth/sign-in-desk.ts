import type { Account } from '../../contract/account.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Services } from '../../contract/service.ts';
import { idleSignIn, type SignIn, type SignInPurpose } from '../../contract/state.ts';
import type { Fetch } from '../../http/outgoing.ts';
import type { Log } from '../log.ts';
import type { ClientHolder } from '../setup/client-holder.ts';
import { rememberGivenBack } from './given-back.ts';
import type { Grants } from './grants.ts';
import { idTokenVerifier } from './id-token.ts';
import type { SignInBook } from './keep-grant.ts';
import { paceOpenings } from './pace-openings.ts';
import { scopesFor } from './scopes.ts';
import { type RunningSignIn, type SignInDeps, startSignIn } from './sign-in.ts';
import { problems } from './sign-in-problems.ts';

/** What an attempt to sign in is for. */
export interface Errand {
  readonly purpose: SignInPurpose;
  /** Who has to come back; null when anybody may sign in. */
  readonly accountId: string | null;
  /** The address to offer at Google when anybody may. */
  readonly hint: string | null;
  /** The services that permission is asked for. */
  readonly wanted: readonly string[];
}

/** Where attempts to sign in are made, one at a time: a newer one takes the place of the one before. */
export interface SignInDesk {
  state(): SignIn;
  /** Begins and returns at once; how it goes shows in the state. */
  begin(errand: Errand): void;
  cancel(): void;
  /** Cancels an attempt to reconnect this account. */
  cancelFor(accountId: string): void;
  openAgain(): Promise<void>;
  newLink(): string | null;
  /** What the person says of a sign-in from a browser that the app did not open. */
  answerStranger(isMe: boolean): void;
  /** The account that the last sign-in added; null once the person has said that it is right. */
  addedId(): string | null;
  keepAdded(): void;
  quit(): Promise<void>;
}

export function openSignInDesk(
  options: Pick<SignInDeps, 'clock' | 'provider' | 'giveBack' | 'tokenEndpoint'> & {
    readonly fetch: Fetch;
    /** Opens the system's browser; rejects when it cannot. */
    readonly openUrl: (url: string) => Promise<void>;
    readonly client: ClientHolder;
    readonly grants: Grants;
    /** Every service there is. */
    readonly services: Services;
    readonly account: (id: string) => Account | null;
    /** Where a sign-in that asked for these services is written down. */
    readonly bookFor: (asked: readonly string[]) => SignInBook;
    readonly onChange: () => void;
    readonly bringToFront: () => void;
    readonly log: Log;
  },
): SignInDesk {
  const { clock, provider, client, account, bookFor, onChange, bringToFront, log } = options;
  let state: SignIn = idleSignIn;
  let running: { readonly signIn: RunningSignIn; readonly accountId: string | null } | null = null;
  let addedId: string | null = null;
  const paced = paceOpenings(clock, options.openUrl);
  const { giveBack, settled } = rememberGivenBack(options.giveBack);
  /** Names the newest attempt: what an older one still has to say is not shown. */
  let newest = 0;

  function show(next: SignIn): void {
    state = next;
    onChange();
  }

  async function run({ purpose, accountId, hint, wanted }: Errand): Promise<void> {
    running?.signIn.cancel(problems.replaced);
    newest += 1;
    const number = newest;
    const book = bookFor(wanted);
    const signIn = startSignIn(
      {
        ...options,
        clientId: client.id(),
        giveBack,
        nothingGivenBack: settled,
        openPage: paced.open,
        onAnswer: paced.answered,
        isKnown: (id) => account(id) !== null,
        book: {
          ...book,
          async adopt(added, ...rest) {
            const isNew = account(added.id) === null;
            await book.adopt(added, ...rest);
            if (isNew) addedId = added.id;
          },
        },
        verifyIdToken: async () => idTokenVerifier(options.fetch, await provider(), client.id(), clock.now),
        onProgress: (progress) => {
          if (number === newest) show({ ...progress, purpose, accountId });
        },
      },
      {
        purpose,
        expected: accountId === null ? null : account(accountId),
        hint,
        scopes: scopesFor(options.services, wanted),
      },
    );
    running = { signIn, accountId };
    const result = await signIn.result;
    log(`sign-in: ${purpose} ended: ${result.kind === 'failed' ? result.problem.code : result.kind}`);
    if (number !== newest) return;
    running = null;
    show(
      result.kind === 'connected'
        ? idleSignIn
        : { kind: 'idle', outcome: result.problem, accountId, chosen: result.chosen },
    );
    bringToFront();
  }

  const cancel = (problem: Problem) => running?.signIn.cancel(problem);

  return {
    state: () => state,
    begin(errand) {
      run(errand).catch((error: unknown) => log(`sign-in: ${String(error)}`));
    },
    cancel: () => void cancel(problems.cancelled),
    cancelFor(accountId) {
      if (running?.accountId === accountId) cancel(problems.cancelled);
    },
    openAgain: async () => running?.signIn.openAgain(),
    newLink: () => running?.signIn.newLink() ?? null,
    answerStranger: (isMe) => running?.signIn.answerStranger(isMe),
    addedId: () => addedId,
    keepAdded() {
      addedId = null;
      onChange();
    },
    async quit() {
      cancel(problems.quitting);
      await running?.signIn.result;
    },
  };
}
