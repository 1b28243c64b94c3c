import { CodedError } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import type { StoredEvent } from '../read/stored-event.js';
import { merklePath, rootByPath } from '../seal/merkle-path.js';
import { sealLeaf } from '../seal/seal-leaf.js';
import { sealLeaves } from '../seal/seal-leaves.js';
import { PROOF_FORMAT, type EventProof } from './event-proof.js';
import { findSeal } from './find-seal.js';

const storedAt = async (log: EventLog, position: number): Promise<StoredEvent> => {
  for await (const [event] of log.stored({ after: position - 1, through: position })) if (event) return event;
  throw new CodedError('log.no-such-position', `the log has no position ${position}`);
};

/**
 * Proves that an event is in the log: see {@link EventProof}.
 * @throws log.no-such-position, log.not-sealed-yet; log.hole, log.changed-event, log.not-as-sealed where it cannot be proven
 * because somebody changed the log
 */
export const proveEvent = async (log: EventLog, position: number): Promise<EventProof> => {
  const { hash, ...event } = await storedAt(log, position);
  const { seal: sealed, position: sealPosition } = await findSeal(log, position);
  const { from, to, root, previous, seal, signature } = sealed;
  const leaves = await sealLeaves(log, { from, to });
  const place = { index: position - from, size: leaves.length };
  const leaf = sealLeaf({ ...event, hash });
  const path = merklePath(leaves, place.index);
  if (rootByPath(leaf, path, place)?.toString('hex') !== root) {
    const message = `position ${position} cannot be proven: an event between positions ${from} and ${to} is not the one that was sealed`;
    throw new CodedError('log.not-as-sealed', message);
  }
  return {
    format: PROOF_FORMAT,
    event: { ...event, hash: hash.toString('hex') },
    leaf: leaf.toString('hex'),
    path: path.map((beside) => beside.toString('hex')),
    seal: { position: sealPosition, from, to, root, previous, seal, signature },
  };
};
