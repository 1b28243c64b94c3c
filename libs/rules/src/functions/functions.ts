import { aggregates } from './aggregates.js';
import { conversions } from './conversions.js';
import { mathematics } from './mathematics.js';
import { operationsByName } from './operation.js';
import { ours } from './ours.js';
import { sequences } from './sequences.js';

/** The functions a rule can call: what Python's functions of these names do, those of its `math`, and a few of our own. */
export const functions = operationsByName([...conversions, ...aggregates, ...sequences, ...mathematics, ...ours]);
