import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { unit } from '../../test/notes.js';
import type { EncodedUnit } from './encoded-unit.js';
import { GroupAppender } from './group-appender.js';
import type { UnitOutcome } from './unit-outcome.js';

const streams = (units: readonly EncodedUnit[]) => units.map(({ parts }) => parts[0]?.stream);
const written: UnitOutcome = { recorded: [] };

describe('GroupAppender', () => {
  it('sends in one call what arrived while the call before was under way', async () => {
    const calls: (string | undefined)[][] = [];
    let finish: () => void = () => {};
    const appender = new GroupAppender(async (units) => {
      calls.push(streams(units));
      if (calls.length === 1) await new Promise<void>((resolve) => (finish = resolve));
      return units.map(() => written);
    });
    const first = appender.append(unit('a', 0, '1'));
    await expect.poll(() => calls.length).toBe(1);
    const others = ['b', 'c', 'd'].map((stream) => appender.append(unit(stream, 0, '1')));
    finish();
    await Promise.all([first, ...others]);
    expect(calls).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('takes along what arrives within a few turns of the event loop', async () => {
    const calls: (string | undefined)[][] = [];
    const appender = new GroupAppender(async (units) => {
      calls.push(streams(units));
      return units.map(() => written);
    });
    const first = appender.append(unit('a', 0, '1'));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, appender.append(unit('b', 0, '1'))]);
    expect(calls).toEqual([['a', 'b']]);
  });

  it('says what a call waits for, until it is true', async () => {
    const waits: boolean[] = [];
    const appender = new GroupAppender(async (units, after) => {
      waits.push(after !== undefined);
      await after;
      return units.map(() => written);
    });
    await appender.append(unit('a', 0, '1'));
    await appender.append({ ...unit('a', 0, '1'), after: Promise.resolve() });
    await appender.append({ ...unit('a', 0, '1'), after: new Promise((resolve) => setTimeout(resolve, 20)) });
    expect(waits).toEqual([false, false, true]);
  });

  it('rejects the unit that waited in vain and sends its neighbours without it', async () => {
    const calls: (string | undefined)[][] = [];
    const appender = new GroupAppender(async (units, after) => {
      calls.push(streams(units));
      await after;
      return units.map(() => written);
    });
    const late = new Promise<void>((_, reject) => setTimeout(() => reject(new Error('no room')), 20));
    const results = await Promise.allSettled([
      appender.append(unit('a', 0, '1')),
      appender.append({ ...unit('b', 0, '1'), after: late }),
      appender.append({ ...unit('c', 0, '1'), after: Promise.resolve() }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'no room' } });
    expect(calls).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
  });

  it('rejects the unit that conflicts and resolves its neighbours', async () => {
    const appender = new GroupAppender(async (units) =>
      units.map((one) =>
        one.parts[0]?.stream === 'b' ? { conflict: { stream: 'b', expected: 0, actual: 4 } } : written,
      ),
    );
    const results = await Promise.allSettled(['a', 'b', 'c'].map((stream) => appender.append(unit(stream, 0, '1'))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({
      reason: {
        code: 'log.wrong-expected-version',
        message: 'stream b has version 4, expected 0',
        details: { stream: 'b', expected: 0, actual: 4 },
      },
    });
  });

  it('sends units alone when the database refuses them together, so that only the one at fault suffers', async () => {
    const appender = new GroupAppender(async (units) => {
      if (streams(units).includes('poison')) throw new CodedError('log.refused', 'too deep');
      return units.map(() => written);
    });
    const results = await Promise.allSettled(
      ['a', 'poison', 'c'].map((stream) => appender.append(unit(stream, 0, '1'))),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('rejects all units of a call that was lost, and goes on with the next', async () => {
    let isDown = true;
    const appender = new GroupAppender(async (units) => {
      if (isDown) throw new CodedError('log.unavailable', 'down');
      return units.map(() => written);
    });
    const results = await Promise.allSettled([appender.append(unit('a', 0, '1')), appender.append(unit('b', 0, '1'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    await expect(appender.append(unit('a', 0, '1'))).resolves.toEqual([]);
  });
});
