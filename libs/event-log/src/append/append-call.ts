import type { RecordedEvent } from '@waystation/events';
import type { QueryConfig } from 'pg';
import { logTypes } from '../connection/log-types.js';
import { binaryArray } from './binary-array.js';
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

/** The parameters of `log.append` about parts that have a timer to set (a queue), to clear (no name) or to leave (null). */
const timerArrays = (parts: readonly EncodedPart[]): readonly (Buffer | null)[] => {
  if (parts.every(({ timer }) => timer === undefined)) return [null, null, null];
  const timers = parts.map(({ timer }) => timer);
  return [
    binaryArray.text(timers.map((timer) => (timer === null ? '' : (timer?.queue ?? null)))),
    binaryArray.timestamptz(timers.map((timer) => timer?.since ?? null)),
    binaryArray.int8(timers.map((timer) => (timer ? Math.round(timer.afterMs) : null))),
  ];
};

/** The statement that writes the units. Numbers of units and parts start at 1. */
export const appendStatement = (units: readonly EncodedUnit[]): QueryConfig => {
  const parts = units.flatMap((unit) => unit.parts);
  const events = parts.flatMap((part) => part.events);
  return {
    name: 'log-append',
    text: 'select * from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      binaryArray.int4(units.flatMap((unit, index) => unit.parts.map(() => index + 1))),
      binaryArray.text(parts.map(({ stream }) => stream)),
      binaryArray.int4(parts.map(({ expected }) => (expected === 'any' ? -1 : expected))),
      binaryArray.timestamptz(parts.map(({ time }) => time)),
      binaryArray.json(parts.map(({ metadataText }) => metadataText)),
      ...timerArrays(parts),
      binaryArray.int4(parts.flatMap((part, index) => part.events.map(() => index + 1))),
      binaryArray.text(events.map(({ event }) => event.type)),
      binaryArray.json(events.map(({ data }) => data)),
      binaryArray.bytea(events.map(({ hash }) => hash)),
    ],
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
