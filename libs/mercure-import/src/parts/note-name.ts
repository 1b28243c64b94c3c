import type { Part } from './part.js';

/** Tells where something is called otherwise than in mercure. */
export const noteName = (part: Part, name: string): void => {
  if (name !== part.name)
    part.noted(
      `it is called '${name}' here: names have letters, digits, spaces, dots, dashes and underscores, at most 64`,
    );
};
