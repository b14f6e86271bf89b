import type { Audit, AuditCheck, AuditCheckName, AuditTrigger } from '../../contract/audit.ts';
import type { Tone } from '../common/tone.ts';

type Verdict = AuditCheck['verdict'];

export function checkTitle(name: AuditCheckName): string {
  switch (name) {
    case 'keychain':
      return 'Keychain';
    case 'refresh':
      return 'Refresh';
    case 'identity':
      return 'Identity';
    case 'scopes':
      return 'Permissions';
    case 'expiry':
      return 'End date';
    case 'clock':
      return 'Clock';
    default:
      return name satisfies never;
  }
}

export function triggerWords(trigger: AuditTrigger): string {
  switch (trigger) {
    case 'daily':
      return 'as every day';
    case 'resume':
      return 'after this computer woke up';
    case 'request':
      return 'because you asked';
    default:
      return trigger satisfies never;
  }
}

export function verdictWords(verdict: Verdict): { readonly words: string; readonly tone: Tone } {
  switch (verdict) {
    case 'good':
      return { words: 'Good', tone: 'good' };
    case 'attention':
      return { words: 'Needs attention', tone: 'attention' };
    case 'bad':
      return { words: 'Bad', tone: 'bad' };
    case 'unknown':
      return { words: 'Not known', tone: 'away' };
    default:
      return verdict satisfies never;
  }
}

/** Worst first: proof of a fault outweighs a warning, and a warning outweighs what could not be looked at. */
const gravity: readonly Verdict[] = ['bad', 'attention', 'unknown'];

export const overall = ({ checks }: Audit): Verdict =>
  gravity.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? 'good';

/** The outcome of a test in a sentence: "Tested: everything is good." or "Tested. Bad: Keychain. Not known: Refresh." */
export function testedWords(audit: Audit): string {
  if (overall(audit) === 'good') return 'Tested: everything is good.';
  const groups = gravity.flatMap((verdict) => {
    const names = audit.checks.filter((check) => check.verdict === verdict).map(({ name }) => checkTitle(name));
    return names.length === 0 ? [] : [`${verdictWords(verdict).words}: ${names.join(', ')}.`];
  });
  return `Tested. ${groups.join(' ')}`;
}
