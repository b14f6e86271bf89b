const problems = [
  /** There, but closed until the person opens it. */
  'locked',
  /** The person, or the system, said no. */
  'denied',
  /** No keychain service is running or installed, or it has no keychain to store in. */
  'unavailable',
  /** What came back is not what was put in. */
  'corrupt',
  /** More than the system takes: 2,560 bytes on Windows. */
  'too-large',
] as const;

/** What the operating system's keychain answered. Trouble with the keychain is never read as "signed out". */
export type KeychainProblem = (typeof problems)[number];

/** Whether an answer is trouble with the keychain, which says nothing of what is in it. */
export const isKeychainProblem = <T extends { readonly kind: string }>(
  answer: T,
): answer is Extract<T, { readonly kind: KeychainProblem }> => problems.some((problem) => problem === answer.kind);

/** The keychain did not do its part where nothing can go on without it. */
export class KeychainError extends Error {
  override name = 'KeychainError';
  readonly problem: KeychainProblem;
  constructor(problem: KeychainProblem) {
    super(`The keychain answered: ${problem}.`);
    this.problem = problem;
  }
}

/**
 * keytar passes on the system's own words and nothing else, so the words tell the states apart. Those of Linux were
 * seen with gnome-keyring 42 and libsecret 0.20 (test/main/keychain-linux.test.ts); those of macOS are the texts of
 * SecBase.h's codes, those of Windows the texts of its system errors. Windows speaks the person's language, so what is
 * not known here is `unavailable`: its sentence promises nothing that might not be so.
 */
const words: readonly (readonly [KeychainProblem, RegExp])[] = [
  // Linux: a collection that is locked and whose prompt was dismissed, or could not be shown.
  ['locked', /locked (collection|object|keyring)|\bIsLocked\b/i],
  // macOS -25308 and -25315: closed, and nobody may be asked just now.
  ['locked', /user interaction is (not allowed|required)|-25308|-25315/i],
  // macOS -128, -25293, -25292, -25244 and -34018.
  ['denied', /user cancel?led|-128\b|passphrase you entered is not correct|-25293/i],
  ['denied', /keychain cannot be modified|authorization for this operation|entitlement isn.t present/i],
  // D-Bus (KWallet's “deny”, a sandbox without the portal's permission), and Windows' error 5.
  ['denied', /access is denied|access ?denied|not permitted|not authorized|dismissed|was cancel?led/i],
  // Windows' RPC_X_BAD_STUB_DATA is what a blob of more than 2,560 bytes gets; macOS -25302.
  ['too-large', /stub received bad data|data is too large|too (long|large)/i],
  // Windows: sealed with a key that this profile no longer has. macOS -25295 and -26275.
  ['corrupt', /key not valid for use in specified state|the data is invalid/i],
  ['corrupt', /not a valid keychain file|unable to decode the provided data/i],
];

/** What an error of keytar, or of loading it, says about the keychain. */
export function readProblem(error: unknown): KeychainProblem {
  const text = error instanceof Error ? error.message : String(error);
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unavailable';
}
