import { operationsByName, type Operation } from './operation.js';
import { casesOfText } from './text-cases.js';
import { formsOfText } from './text-forms.js';
import { partsOfTextMethods } from './text-parts.js';
import { methodsOfSets } from './set-methods.js';
import { searches } from './searches.js';

const all: readonly Operation[] = [
  ...casesOfText,
  ...formsOfText,
  ...partsOfTextMethods,
  ...searches,
  ...methodsOfSets,
];

/** The methods a rule can call: what Python's methods of these names do, and nothing else. */
export const methods = operationsByName(all);
