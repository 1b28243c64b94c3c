import { hasCode } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { note, unit, unitOf } from '../../test/notes.js';
import type { AppendUnit } from './append-unit.js';
import { encodeUnit } from './encode-unit.js';
import { eventHash } from './event-hash.js';

const faultOf = (wrong: AppendUnit): string => {
  try {
    encodeUnit(wrong);
  } catch (error) {
    return hasCode(error, 'log.invalid-unit') ? error.message : String(error);
  }
  return 'no fault';
};

describe('encodeUnit', () => {
  it('hashes the very bytes that it sends', () => {
    const [part] = encodeUnit(unit('note/1', 0, 'first')).parts;
    const [event] = part?.events ?? [];
    if (!part || !event) throw new Error('nothing was encoded');
    const { stream, time, metadataText: metadata } = part;
    expect(event.data).toBe('{"text":"first"}');
    expect(event.hash).toEqual(eventHash({ type: 'note.taken.v1', stream, time, data: event.data, metadata }));
  });

  it('brings a time to milliseconds in UTC, as the database gives it back', () => {
    const { parts } = encodeUnit({ ...unit('note/1', 0, 'first'), time: '2026-01-31T13:00:00+01:00' });
    expect(parts[0]?.time).toBe('2026-01-31T12:00:00.000Z');
  });

  it('lets a part have metadata of its own', () => {
    const metadata = { causationid: 7 };
    const { parts } = encodeUnit(unitOf({ stream: 'note/1', expected: 0, events: [note('a')], metadata }));
    expect(parts[0]?.metadataText).toBe('{"causationid":7}');
  });

  it('refuses what the log cannot hold, and says what it is', () => {
    expect(faultOf(unit('', 0, 'a'))).toMatch(/stream name .* found ""/);
    expect(faultOf(unit('note/1\n', 0, 'a'))).toMatch(/without control characters/);
    expect(faultOf(unit('note/1', -1, 'a'))).toMatch(/expected version of stream note\/1 .* found -1/);
    expect(faultOf(unit('note/1', 1.5, 'a'))).toMatch(/found 1.5/);
    expect(faultOf({ ...unit('note/1', 0, 'a'), time: 'yesterday' })).toMatch(/ISO 8601 instant, found "yesterday"/);
    expect(faultOf(unitOf({ stream: 'a', expected: 0, events: [{ type: '', data: {} }] }))).toMatch(/event type/);
    expect(faultOf(unitOf({ stream: 'a', expected: 0, events: [{ type: 't', data: undefined }] }))).toMatch(
      /JSON form/,
    );
    expect(faultOf(unitOf({ stream: 'a', expected: 0, events: [], timer: { queue: '', afterMs: 1 } }))).toMatch(
      /queue/,
    );
    expect(faultOf(unitOf({ stream: 'a', expected: 0, events: [], timer: { queue: 'q', afterMs: NaN } }))).toMatch(
      /NaN/,
    );
  });
});
