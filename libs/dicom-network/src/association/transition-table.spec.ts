import { describe, expect, it } from 'vitest';
import { effectOf } from './transition-actions.js';
import { type State, transition, transitions, type UpperLayerEvent } from './transition-table.js';

const events = Object.keys(transitions) as UpperLayerEvent[];
const pdus = events.filter((event) => event.endsWith('PDU'));
const connected: readonly State[] = ['Sta2', 'Sta3', 'Sta5', 'Sta6', 'Sta7', 'Sta8', 'Sta9', 'Sta11'];

describe('the transition table', () => {
  it.each(connected)('answers every PDU in %s', (state) => {
    expect(pdus.filter((event) => transition(event, state) === undefined)).toEqual([]);
  });

  it('ignores every PDU after a rejection, a release or an abort, but for the abort that ends the waiting', () => {
    const heard = pdus.filter((event) => effectOf(transition(event, 'Sta13')?.[0] ?? 'DT-2').ignored !== true);
    expect(heard).toEqual(['A-ABORT PDU']);
  });

  it('takes data in an association only', () => {
    const states = connected.filter((state) =>
      ['DT-2', 'AR-6'].includes(transition('P-DATA-TF PDU', state)?.[0] ?? ''),
    );
    expect(states).toEqual(['Sta6', 'Sta7']);
  });

  it('leads from every state to the end when the connection closes', () => {
    const ends = [...connected, 'Sta4' as const, 'Sta13' as const].map(
      (state) => transition('transport closed', state)?.[1],
    );
    expect(new Set(ends)).toEqual(new Set(['Sta1']));
  });

  it('waits for the end of the connection with a timer, whenever it says its last word', () => {
    const waiting = events.flatMap((event) =>
      Object.values(transitions[event] as Record<string, readonly [string, string]>),
    );
    const intoSta13 = waiting.filter(([action, next]) => next === 'Sta13' && !['AA-6', 'AA-7'].includes(action));
    const untimed = intoSta13.filter(
      ([action]) => effectOf(action as Parameters<typeof effectOf>[0]).artim !== 'start',
    );
    expect(intoSta13.length).toBeGreaterThan(0);
    expect(untimed).toEqual([]);
  });
});
