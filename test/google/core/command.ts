import type { z } from 'zod';

type Callable = (...given: never[]) => unknown;

/** A control function that says what its arguments must be, for whoever calls it over HTTP. */
export type Command<F extends Callable = Callable> = F & { readonly parameters: readonly z.ZodType[] };
export type Commands = Readonly<Record<string, Command>>;

export type Outputs<S extends readonly z.ZodType[]> = { -readonly [K in keyof S]: z.output<S[K]> };

/** Makes a control function of a function; its parameters have to take all that the schemas let pass. */
export function command<const S extends readonly z.ZodType[], F extends (...given: Outputs<S>) => unknown>(
  parameters: S,
  call: F,
): Command<F> {
  return Object.assign(call, { parameters });
}
