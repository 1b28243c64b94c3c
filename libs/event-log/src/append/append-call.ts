import type { RecordedEvent } from '@waystation/events';
import type { QueryConfig } from 'pg';
import { logTypes } from '../connection/log-types.js';
import type { EncodedPart, EncodedUnit } from './encoded-unit.js';
import type { UnitOutcome } from './unit-outcome.js';

/** A row of what `log.append` returns. */
export type AppendRow = readonly [
  unit: number,
  position: number | null,
  sequence: number,
  recordedtime: string,
  stream: string,
  expected: number,
  actual: number,
];

const timerOf = ({ timer }: EncodedPart) =>
  timer
    ? ([timer.queue, timer.since ?? null, Math.round(timer.afterMs)] as const)
    : ([timer === null ? '' : null, null, null] as const);

/** Parameters about timers, of which there are none where no part has one. */
const TIMER = { from: 5, to: 8 };

/** The statement that writes the units. Numbers of units and parts start at 1. */
export const appendStatement = (units: readonly EncodedUnit[]): QueryConfig => {
  const perPart: unknown[][] = [[], [], [], [], [], [], [], []];
  const perEvent: unknown[][] = [[], [], [], []];
  const push = (columns: unknown[][], row: readonly unknown[]) => {
    for (const [index, column] of columns.entries()) column.push(row[index]);
  };
  let partNumber = 0;
  for (const [index, unit] of units.entries()) {
    for (const part of unit.parts) {
      partNumber += 1;
      const expected = part.expected === 'any' ? -1 : part.expected;
      push(perPart, [index + 1, part.stream, expected, part.time, part.metadataText, ...timerOf(part)]);
      for (const { event, data, hash } of part.events) push(perEvent, [partNumber, event.type, data, hash]);
    }
  }
  const hasTimer = units.some(({ parts }) => parts.some(({ timer }) => timer !== undefined));
  const values: unknown[] = [...perPart, ...perEvent];
  if (!hasTimer) values.fill(null, TIMER.from, TIMER.to);
  return {
    name: 'log-append',
    text: 'select * from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values,
    rowMode: 'array',
    types: logTypes,
  } as QueryConfig;
};

const recordedEvents = (unit: EncodedUnit, rows: readonly AppendRow[]): readonly RecordedEvent[] => {
  const inOrder = rows.toSorted(([, a], [, b]) => Number(a) - Number(b));
  let next = 0;
  return unit.parts.flatMap(({ stream, time, metadata, events }) =>
    events.map(({ event: { type, data } }): RecordedEvent => {
      const row = inOrder[next++];
      if (!row) throw new Error(`log.append returned ${rows.length} rows for ${unit.eventCount} events`);
      const [, position, sequence, recordedtime] = row;
      return { type, data, position: Number(position), stream, sequence, time, recordedtime, metadata };
    }),
  );
};

/** Gives every unit of the call what `log.append` said about it. */
export const outcomesOf = (units: readonly EncodedUnit[], rows: readonly AppendRow[]): readonly UnitOutcome[] => {
  const byUnit: AppendRow[][] = units.map(() => []);
  for (const row of rows) byUnit[row[0] - 1]?.push(row);
  return units.map((unit, index) => {
    const own = byUnit[index] ?? [];
    const refused = own.find(([, position]) => position === null);
    if (!refused) return { recorded: recordedEvents(unit, own) };
    const [, , , , stream, expected, actual] = refused;
    return { conflict: { stream, expected, actual } };
  });
};
