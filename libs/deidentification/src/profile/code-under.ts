import type { ActionCode } from '../table/action-code.js';
import type { TableRow } from '../table/confidentiality-table.js';
import type { Profile } from './profile.js';

/**
 * What table E.1-1 says of an attribute under a profile: what an option says goes before the basic profile, and where
 * one option keeps and another cleans, it is cleaned.
 */
export const codeUnder = ([, , basic, columns = {}]: TableRow, { options }: Profile): ActionCode => {
  const said = options.map((option) => columns[option]);
  if (said.includes('C')) return 'C';
  return said.includes('K') ? 'K' : basic;
};
