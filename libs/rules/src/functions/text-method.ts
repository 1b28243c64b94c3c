import type { Kind } from '../values/kind.js';
import type { Value } from '../values/value.js';
import { textFor } from './arguments.js';
import type { Operation } from './operation.js';

/** A method of text. */
export const textMethod = (
  name: string,
  takes: Operation['takes'],
  returns: Kind,
  apply: (text: string, values: readonly Value[]) => Value,
  parameters: readonly string[] = [],
): Operation => ({
  name,
  takes,
  parameters,
  returns,
  on: ['text'],
  apply: ([subject = null, ...values]) => apply(textFor(name, subject), values),
});

/** A method of text without arguments. */
export const plainMethod = (name: string, returns: Kind, apply: (text: string) => Value): Operation =>
  textMethod(name, { from: 0, to: 0 }, returns, apply);
