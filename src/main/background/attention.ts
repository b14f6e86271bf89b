import type { AccountView, AppState } from '../../contract/state.ts';

/** Something that does not go on without a person. One a kind and account; what ails the computer is said once for all. */
export interface Cause {
  /** Of the kind and the account, and the same as long as it is the same cause. */
  readonly key: string;
  /** Whose page helps. */
  readonly accountId: string;
  readonly title: string;
  readonly body: string;
}

export type CauseKind =
  | 'reconnect-needed'
  | 'permission-missing'
  | 'access-ends-soon'
  | 'copy-will-be-erased'
  | 'keychain-trouble'
  | 'disk-full';

/** What needs a person, and of which causes nobody can tell just now. Every other one is settled. */
export interface Standing {
  readonly needed: readonly Cause[];
  /** Keys. */
  readonly unclear: readonly string[];
}

type Verdict = 'needed' | 'settled' | 'unclear';

const kinds: readonly CauseKind[] = [
  'reconnect-needed',
  'permission-missing',
  'access-ends-soon',
  'copy-will-be-erased',
  'keychain-trouble',
  'disk-full',
];

/** These concern the whole computer, so they are one cause however many accounts there are. */
const ofComputer: readonly CauseKind[] = ['keychain-trouble', 'disk-full'];

/** Reads from the state what needs a person. */
export function readStanding({ accounts }: Pick<AppState, 'accounts'>): Standing {
  const needed: Cause[] = [];
  const unclear: string[] = [];
  for (const kind of kinds) {
    const shared = ofComputer.includes(kind);
    for (const views of shared ? [accounts] : accounts.map((view) => [view])) {
      const [anybody] = views;
      if (anybody === undefined) continue;
      const key = shared ? kind : `${kind}/${anybody.account.id}`;
      const affected = views.filter((view) => judgeCause(kind, view) === 'needed');
      const [first] = affected;
      if (first !== undefined) needed.push({ key, accountId: first.account.id, ...writeNotice(kind, affected, first) });
      else if (views.some((view) => judgeCause(kind, view) === 'unclear')) unclear.push(key);
    }
  }
  return { needed, unclear };
}

/** Without network it is not known whether a grant still works, and while a sync runs, not how it will end. */
function judgeCause(kind: CauseKind, { connection, warning, sync }: AccountView): Verdict {
  const blind = connection.kind === 'offline' || connection.kind === 'refreshing';
  const ofConnection = (wanted: typeof connection.kind): Verdict =>
    connection.kind === wanted ? 'needed' : blind ? 'unclear' : 'settled';
  switch (kind) {
    case 'reconnect-needed':
      return ofConnection('needs-reconnect');
    case 'permission-missing':
      return ofConnection('needs-permission');
    case 'keychain-trouble':
      return ofConnection('keychain-unavailable');
    case 'access-ends-soon':
    case 'copy-will-be-erased':
      return warning?.code === kind ? 'needed' : 'settled';
    case 'disk-full':
      if (sync.failure?.kind === 'storage' && sync.failure.code === 'disk-full') return 'needed';
      return sync.running ? 'unclear' : 'settled';
    default:
      return kind satisfies never;
  }
}

function writeNotice(
  kind: CauseKind,
  affected: readonly AccountView[],
  first: AccountView,
): { readonly title: string; readonly body: string } {
  const who = affected.map(({ account }) => account.email).join(', ');
  switch (kind) {
    case 'reconnect-needed':
      return { title: `Reconnect ${who}`, body: first.connection.sentence };
    case 'permission-missing':
      return { title: `A permission is missing for ${who}`, body: first.connection.sentence };
    case 'access-ends-soon':
      return { title: `Access to ${who} ends soon`, body: first.warning?.sentence ?? '' };
    case 'copy-will-be-erased':
      return { title: `The copy of ${who} will be erased`, body: first.warning?.sentence ?? '' };
    case 'keychain-trouble':
      return { title: `The keychain cannot be used: ${who}`, body: first.connection.sentence };
    case 'disk-full':
      return {
        title: `The disk is full: ${who}`,
        body: first.sync.failure?.kind === 'storage' ? first.sync.failure.sentence : '',
      };
    default:
      return kind satisfies never;
  }
}
