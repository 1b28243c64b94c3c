import type { RecordedEvent } from '@waystation/events';
import type { QueryConfig } from 'pg';
import { logTypes } from '../connection/log-types.js';
import { binaryArray } from './binary-array.js';
import type { EncodedPart, EncodedUnit } from './encoded-unit.js';
import type { UnitOutcome, VersionConflict } from './unit-outcome.js';

/** The row that `log.append` returns. */
export type AppendRow = readonly [
  /** Of the first event that was written; the others follow it without a hole. */
  firstPosition: number,
  recordedtime: string,
  /** As Postgres writes an array, `{1,NULL,2}`: one element per event, NULL for one of a refused unit. */
  sequences: string | null,
  /** JSON: for each refused unit its number, and of its first part at fault stream, expected and actual version. */
  refused: string | null,
];

/** The parameters of `log.append` about parts that have a timer to set (a queue), to clear (no name) or to leave (null). */
const timerArrays = (parts: readonly EncodedPart[]): readonly (Buffer | null)[] => {
  if (parts.every(({ timer }) => timer === undefined)) return [null, null, null, null, null];
  const timers = parts.map(({ timer }) => timer);
  return [
    binaryArray.text(timers.map((timer) => (timer === null ? '' : (timer?.queue ?? null)))),
    binaryArray.timestamptz(timers.map((timer) => timer?.since ?? null)),
    binaryArray.int8(timers.map((timer) => (timer ? Math.round(timer.afterMs) : null))),
    binaryArray.bool(timers.map((timer) => (timer ? (timer.urgent ?? false) : null))),
    binaryArray.text(timers.map((timer) => timer?.waitsFor ?? null)),
  ];
};

/** The statement that writes the units. Numbers of units and parts start at 1. */
export const appendStatement = (units: readonly EncodedUnit[]): QueryConfig => {
  const parts = units.flatMap((unit) => unit.parts);
  const events = parts.flatMap((part) => part.events);
  return {
    name: 'log-append',
    text: 'select * from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
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

const sequencesIn = (text: string | null): readonly number[] =>
  text === null || text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);

const conflictsIn = (text: string | null): ReadonlyMap<number, VersionConflict> => {
  const refused = JSON.parse(text ?? '[]') as readonly [number, string, number, number][];
  return new Map(refused.map(([unit, stream, expected, actual]) => [unit, { stream, expected, actual }]));
};

/** Gives every unit of the call what `log.append` said about it. */
export const outcomesOf = (units: readonly EncodedUnit[], row: AppendRow): readonly UnitOutcome[] => {
  const [firstPosition, recordedtime] = row;
  const sequences = sequencesIn(row[2]);
  const conflicts = conflictsIn(row[3]);
  let [next, position] = [0, firstPosition];
  const record = ({ stream, time, metadata, events }: EncodedPart): readonly RecordedEvent[] =>
    events.map(({ event: { type, data } }) => {
      const sequence = sequences[next++];
      if (!sequence) throw new Error(`log.append wrote ${sequences.length} events and said nothing of another`);
      return { type, data, position: position++, stream, sequence, time, recordedtime, metadata };
    });
  return units.map((unit, index) => {
    const conflict = conflicts.get(index + 1);
    if (!conflict) return { recorded: unit.parts.flatMap(record) };
    next += unit.eventCount;
    return { conflict };
  });
};
