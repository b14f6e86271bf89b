import type { AccountView, AppState } from '../../contract/state.ts';
import { wholeSync } from '../../contract/whole-sync.ts';

/**
 * Something that does not go on without a person. One a kind and account, or service of it; what ails the computer is said
 * once for all.
 */
export interface Cause {
  /** Of the kind and whom it concerns, and the same as long as it is the same cause. */
  readonly key: string;
  /** Whose page helps. */
  readonly accountId: string;
  readonly title: string;
  readonly body: string;
}

/** What needs a person, and of which causes nobody can tell just now. Every other one is settled. */
export interface Attention {
  readonly needed: readonly Cause[];
  /** Keys. */
  readonly unclear: readonly string[];
}

type Verdict =
  | { readonly kind: 'needed'; readonly accountId: string; readonly title: string; readonly body: string }
  | { readonly kind: 'settled' | 'unclear' };

const settled: Verdict = { kind: 'settled' };
const unclear: Verdict = { kind: 'unclear' };

/** Reads from the state what needs a person. */
export function readAttention({ accounts }: Pick<AppState, 'accounts'>): Attention {
  const verdicts: readonly (readonly [key: string, Verdict])[] = [
    ...accounts.flatMap(judgeAccount),
    ...accounts.flatMap(judgeServices),
    ['keychain-trouble', judgeKeychain(accounts)],
    ['disk-full', judgeDisk(accounts)],
  ];
  return {
    needed: verdicts.flatMap(([key, verdict]) => {
      if (verdict.kind !== 'needed') return [];
      const { kind: _kind, ...cause } = verdict;
      return [{ key, ...cause }];
    }),
    unclear: verdicts.flatMap(([key, { kind }]) => (kind === 'unclear' ? [key] : [])),
  };
}

/** Without network it is not known whether a grant still works. */
const isBlind = ({ connection }: AccountView) => connection.kind === 'offline' || connection.kind === 'refreshing';

function judgeAccount(view: AccountView): [string, Verdict][] {
  const { account, connection, warning } = view;
  const { id: accountId, email } = account;
  const warned = (code: string, title: string): [string, Verdict] => [
    `${code}/${accountId}`,
    warning?.code === code ? { kind: 'needed', accountId, title, body: warning.sentence } : settled,
  ];
  const dead = connection.kind === 'needs-reconnect';
  return [
    [
      `reconnect-needed/${accountId}`,
      dead
        ? { kind: 'needed', accountId, title: `Reconnect ${email}`, body: connection.sentence }
        : isBlind(view)
          ? unclear
          : settled,
    ],
    warned('access-ends-soon', `Access to ${email} ends soon`),
    warned('copy-will-be-erased', `The copy of ${email} will be erased`),
  ];
}

function judgeServices(view: AccountView): [string, Verdict][] {
  const { id: accountId, email } = view.account;
  return Object.entries(view.services).map(([service, { standing }]) => [
    `permission-missing/${accountId}/${service}`,
    standing.kind === 'needs-permission'
      ? { kind: 'needed', accountId, title: `A permission is missing for ${email}`, body: standing.sentence }
      : isBlind(view)
        ? unclear
        : settled,
  ]);
}

function judgeKeychain(accounts: readonly AccountView[]): Verdict {
  const affected = accounts.filter(({ connection }) => connection.kind === 'keychain-unavailable');
  const [first] = affected;
  if (first === undefined) return accounts.some(isBlind) ? unclear : settled;
  const title = `The keychain cannot be used: ${addressesOf(affected)}`;
  return { kind: 'needed', accountId: first.account.id, title, body: first.connection.sentence };
}

/** While a sync runs, nobody knows how it will end. */
function judgeDisk(accounts: readonly AccountView[]): Verdict {
  const full = ({ services }: AccountView) => {
    const { trouble } = wholeSync(services);
    return trouble?.kind === 'storage' && trouble.code === 'disk-full' ? trouble : null;
  };
  const affected = accounts.filter((view) => full(view) !== null);
  const [first] = affected;
  if (first === undefined) return accounts.some(({ services }) => wholeSync(services).running) ? unclear : settled;
  const title = `The disk is full: ${addressesOf(affected)}`;
  return { kind: 'needed', accountId: first.account.id, title, body: full(first)?.sentence ?? '' };
}

const addressesOf = (views: readonly AccountView[]) => views.map(({ account }) => account.email).join(', ');
