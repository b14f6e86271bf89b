import type { Hono } from 'hono';
import type { Commands } from './command.ts';
import type { Double, Env } from './double.ts';
import type { Person } from './model.ts';

/** How Google names an API when it refuses something. */
export interface Api {
  /** As in “Google Calendar API has not been used in this project”. */
  readonly name: string;
  /** As in “have disabled Calendar apps”. */
  readonly product: string;
  /** As in `calendar-json.googleapis.com`. */
  readonly service: string;
}

/**
 * A service of Google's: its data, its routes, and what a test can do to it from behind. The core knows a service by
 * this interface only. `State` is plain JSON and is changed in place; it is saved in a file of its own.
 */
export interface Part<State = unknown, Options = unknown, Control extends Commands = Commands> {
  readonly api: Api;
  /** The name and the route of each endpoint that can be broken, held and asked about. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Each scope, with what the consent page says that it allows. */
  readonly scopes: Readonly<Record<string, string>>;
  /** What people have at the first start: a function of the seed, the options and the day. */
  seed(people: readonly Person[], options: SeedOptions & Options, now: number): State;
  /** Gives a person who comes later what every new account has. */
  welcome(state: State, person: Person): void;
  routes(app: Hono<Env>, double: Double, state: State): void;
  /** The control functions; `changed` says that the state is to be saved. */
  control(double: Double, state: State, changed: () => void): Control;
  readonly fixture: Fixture<Control>;
}

/** What a suite that runs for every service needs of one. */
export interface Fixture<Control extends Commands = Commands> {
  /** What a reading begins with. */
  readonly path: string;
  /** Adds something of the person's, by its title. */
  add(control: Control, sub: string, title: string): void;
  rename(control: Control, sub: string, from: string, to: string): void;
  remove(control: Control, sub: string, title: string): void;
  /** Gives the person so many things, in more lists than one, in place of what there is. */
  fill(control: Control, sub: string, amount: number): void;
  /** Adds what has fields of strange types, and lacks others. */
  addOdd(control: Control, sub: string): void;
  /** No mark that was given to the person so far is known any longer. */
  forgetMarks(control: Control, sub: string): void;
  /** All that a mirror of the person's data has to hold. */
  truth(control: Control, sub: string): unknown;
}

export interface SeedOptions {
  /** Everything seeded is a pure function of this number, and of the day. */
  seed: number;
}

/** The parts of a double, by the names under which their states are kept. */
export type Parts = Readonly<Record<string, Part>>;

/** The names of the parts' endpoints. */
export type EndpointOf<P extends Parts> = { [K in keyof P]: keyof P[K]['endpoints'] & string }[keyof P];

/** What the parts take of the options of a start. */
export type OptionsOf<P extends Parts> = Omit<
  Together<{ [K in keyof P]: Parameters<P[K]['seed']>[1] }[keyof P]>,
  keyof SeedOptions
>;

/** The control functions of all parts. */
export type ControlOf<P extends Parts> = Together<{ [K in keyof P]: ReturnType<P[K]['control']> }[keyof P]>;

/** The intersection of a union's members: a function that takes each of them takes what is all of them. */
type Together<U> = (U extends unknown ? (member: U) => void : never) extends (all: infer All) => void ? All : never;
