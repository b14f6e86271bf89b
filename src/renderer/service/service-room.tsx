import type { Face, ScreenProps } from '../common/faces.ts';
import { AskingPage } from './asking-page.tsx';
import { isHeld } from './held.ts';

interface Props extends ScreenProps {
  readonly name: string;
  readonly face: Face;
}

/** What is held of a service; where nobody has it copied and nothing is held, the page that asks for it. */
export function ServiceRoom({ name, face, accounts, daemon, opened }: Props) {
  const { Screen } = face;
  const views = accounts.flatMap(({ services }) => services[name] ?? []);
  const empty = views.every((view) => view.standing.kind === 'off' && !isHeld(view));
  return empty ? (
    <AskingPage name={name} contract={face.contract} accounts={accounts} />
  ) : (
    <Screen accounts={accounts} daemon={daemon} opened={opened} />
  );
}
