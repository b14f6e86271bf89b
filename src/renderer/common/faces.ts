import { type ComponentType, createContext, use } from 'react';
import type { Hit } from '../../contract/search.ts';
import type { ServiceContract } from '../../contract/service.ts';
import type { AccountView, DaemonHealth } from '../../contract/state.ts';

/** What is said of a service's numbers and lists, in the reader's way of writing numbers. */
export interface ServiceWords {
  /** "3 calendars · 5,012 events" */
  counts(locale: string | undefined, counts: Readonly<Record<string, number>>): string;
  /** "12,500 events" */
  items(locale: string | undefined, amount: number): string;
  /** What one of its lists is called: "Calendar". */
  readonly list: string;
}

/** A thing that somebody asked to see, by what its service's screen knows it by. */
export interface Opened {
  readonly accountId: string;
  readonly item: string;
  /** Another one each time, so that the same thing can be opened twice. */
  readonly nth: number;
}

export interface ScreenProps {
  readonly accounts: readonly AccountView[];
  readonly daemon: DaemonHealth;
  /** What to show at once; null where nobody asked for one thing. */
  readonly opened: Opened | null;
}

/** A Google service, as the window shows it. */
export interface Face {
  readonly contract: ServiceContract;
  /** What is held of it, for all accounts. */
  readonly Screen: ComponentType<ScreenProps>;
  readonly words: ServiceWords;
  /** What is said of a hit beside its title, as when it is; null where there is nothing to say. `now`: epoch milliseconds. */
  readonly hit: (hit: Hit, now: number) => string | null;
}

/** By the services' names, in the order in which they are shown. */
export type Faces = Readonly<Record<string, Face>>;

export const FacesContext = createContext<Faces>({});

/** The services that this window knows. */
export const useFaces = (): Faces => use(FacesContext);
