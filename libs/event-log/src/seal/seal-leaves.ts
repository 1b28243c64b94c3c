import type { EventLog } from '../event-log.js';
import { sealLeaf } from './seal-leaf.js';
import { assertEnd, assertWhole } from './whole-event.js';

/**
 * The leaves of a range of the log.
 * @throws log.hole, log.changed-event: what is wrong already is not sealed
 */
export const sealLeaves = async (
  log: EventLog,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Buffer[]> => {
  const leaves: Buffer[] = [];
  for await (const page of log.stored({ after: from - 1, through: to })) {
    for (const event of page) {
      assertWhole(event, from + leaves.length, 'sealed');
      leaves.push(sealLeaf(event));
    }
  }
  assertEnd(from + leaves.length - 1, to, 'sealed');
  return leaves;
};
