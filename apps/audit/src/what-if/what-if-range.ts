import type { EventLog } from '@waystation/event-log';
import { instantAfter } from '@waystation/kernel';
import { instantOf } from '../replay/instant-of.js';

/** Positions behind the one, up to and with the other. */
export interface WhatIfRange {
  readonly after: number;
  readonly through: number;
}

const isPosition = (text: string): boolean => /^\d+$/.test(text);

/**
 * The positions from a moment to another, both included; all of the log where neither is given.
 * @param since a position (`1234`) or an instant (`2026-01-31T12:00:00Z`)
 * @throws CodedError `request.invalid`
 */
export const whatIfRange = async (
  log: Pick<EventLog, 'head' | 'positionAt'>,
  since: string | undefined,
  until: string | undefined,
): Promise<WhatIfRange> => {
  const { position: head } = await log.head();
  const after = since === undefined || isPosition(since) ? Number(since ?? 1) - 1 : undefined;
  const through = until === undefined || isPosition(until) ? Number(until ?? head) : undefined;
  return {
    after: Math.max(0, after ?? (await log.positionAt(instantAfter(instantOf(since ?? ''), -1)))),
    through: Math.min(head, through ?? (await log.positionAt(instantOf(until ?? '')))),
  };
};
