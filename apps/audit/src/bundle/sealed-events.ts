import { sealLeaf, type EventLog, type Seal, type StoredEvent } from '@waystation/event-log';
import { MerkleLevels } from './merkle-levels.js';
import { SealFinder } from './seal-finder.js';

/** An event as it is stored, with what proves that it is under a seal. */
export interface SealedEvent {
  readonly event: StoredEvent;
  /** Undefined for an event behind the last seal. */
  readonly proof: { readonly seal: Seal; readonly path: readonly Buffer[] } | undefined;
}

/** Reads events with their proofs, seal by seal. @param positions ascending */
export async function* sealedEvents(log: EventLog, positions: readonly number[]): AsyncGenerator<SealedEvent> {
  const seals = await SealFinder.open(log);
  for (let at = 0; at < positions.length;) {
    const seal = await seals.over(positions[at] ?? 0);
    const wanted = new Set<number>();
    for (const position of positions.slice(at)) {
      if (seal !== undefined && position > seal.to) break;
      wanted.add(position);
    }
    at += wanted.size;
    if (seal === undefined) yield* unsealed(log, wanted);
    else yield* underSeal(log, wanted, seal);
  }
}

async function* underSeal(log: EventLog, wanted: ReadonlySet<number>, seal: Seal): AsyncGenerator<SealedEvent> {
  const leaves: Buffer[] = [];
  const events: StoredEvent[] = [];
  for await (const page of log.stored({ after: seal.from - 1, through: seal.to })) {
    for (const event of page) {
      leaves.push(sealLeaf(event));
      if (wanted.has(event.position)) events.push(event);
    }
  }
  const levels = new MerkleLevels(leaves);
  for (const event of events) yield { event, proof: { seal, path: levels.path(event.position - seal.from) } };
}

async function* unsealed(log: EventLog, wanted: ReadonlySet<number>): AsyncGenerator<SealedEvent> {
  for await (const page of log.stored({ after: Math.min(...wanted) - 1, through: Math.max(...wanted) })) {
    for (const event of page) if (wanted.has(event.position)) yield { event, proof: undefined };
  }
}
