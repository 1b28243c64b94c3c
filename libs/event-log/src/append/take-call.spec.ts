import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitOf, note } from '../../test/notes.js';
import { encodeUnit } from './encode-unit.js';
import { takeCall } from './take-call.js';

const limits = { events: 6, size: 2_000 };
const part = fc.record({
  stream: fc.constantFrom('a', 'b', 'c', 'd'),
  expected: fc.constantFrom<(number | 'any')[]>('any', 3),
  events: fc.array(fc.constant(note('x')), { maxLength: 4 }),
});
const waitingUnits = fc
  .array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 20 })
  .map((units) => units.map((parts, index) => ({ index, unit: encodeUnit(unitOf(...parts)) })));

const streamsOf = ({ unit }: { unit: ReturnType<typeof encodeUnit> }) => unit.parts.map(({ stream }) => stream);

const drain = <One extends { unit: ReturnType<typeof encodeUnit> }>(waiting: readonly One[]): readonly One[][] => {
  const calls: One[][] = [];
  for (let rest = waiting; rest.length > 0;) {
    const { taken, left } = takeCall(rest, limits);
    calls.push([...taken]);
    rest = left;
  }
  return calls;
};

describe('takeCall', () => {
  it('sends every unit once, and units of one stream in the order of their arrival', () => {
    fc.assert(
      fc.property(waitingUnits, (waiting) => {
        const sent = drain(waiting).flat();
        expect(sent.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(waiting.map(({ index }) => index));
        for (const stream of ['a', 'b', 'c', 'd']) {
          const order = sent.filter((one) => streamsOf(one).includes(stream)).map(({ index }) => index);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('gives a stream whose version is checked to one unit of a call', () => {
    fc.assert(
      fc.property(waitingUnits, (waiting) => {
        for (const call of drain(waiting)) {
          for (const one of call) {
            const checked = one.unit.parts.filter(({ expected }) => expected !== 'any');
            for (const { stream } of checked) {
              expect(call.filter((other) => other !== one && streamsOf(other).includes(stream))).toEqual([]);
            }
          }
        }
      }),
    );
  });

  it('keeps a call within its limits, unless a single unit is bigger', () => {
    fc.assert(
      fc.property(waitingUnits, (waiting) => {
        for (const call of drain(waiting)) {
          expect(call.length).toBeGreaterThan(0);
          if (call.length === 1) continue;
          expect(call.reduce((sum, { unit }) => sum + unit.eventCount, 0)).toBeLessThanOrEqual(limits.events);
          expect(call.reduce((sum, { unit }) => sum + unit.size, 0)).toBeLessThanOrEqual(limits.size);
        }
      }),
    );
  });
});
