import { describe, expect, it } from 'vitest';
import { effectOf } from './transition-actions.js';
import { eventNumbers, type State, transition, transitions, type UpperLayerEvent } from './transition-table.js';

const events = Object.keys(transitions) as UpperLayerEvent[];
const pdus = events.filter((event) => event.endsWith('PDU'));
const connected: readonly State[] = ['Sta2', 'Sta3', 'Sta5', 'Sta6', 'Sta7', 'Sta8', 'Sta9', 'Sta11'];

/**
 * PS3.8 table 9-10 as it is printed, without the columns of the states that cannot be reached: the state behind an action
 * is that of tables 9-6 to 9-9.
 */
const standard = `
       Sta1  Sta2  Sta3  Sta4  Sta5  Sta6  Sta7  Sta8  Sta9  Sta11 Sta13
Evt1   AE-1  .     .     .     .     .     .     .     .     .     .
Evt2   .     .     .     AE-2  .     .     .     .     .     .     .
Evt3   .     AA-1  AA-8  .     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
Evt4   .     AA-1  AA-8  .     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
Evt5   AE-5  .     .     .     .     .     .     .     .     .     .
Evt6   .     AE-6  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
Evt7   .     .     AE-7  .     .     .     .     .     .     .     .
Evt8   .     .     AE-8  .     .     .     .     .     .     .     .
Evt9   .     .     .     .     .     DT-1  .     AR-7  .     .     .
Evt10  .     AA-1  AA-8  .     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-6
Evt11  .     .     .     .     .     AR-1  .     .     .     .     .
Evt12  .     AA-1  AA-8  .     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-6
Evt13  .     AA-1  AA-8  .     AA-8  AA-8  AR-3  AA-8  AA-8  AR-3  AA-6
Evt14  .     .     .     .     .     .     .     AR-4  AR-9  .     .
Evt15  .     .     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  .
Evt16  .     AA-2  AA-3  .     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
Evt17  .     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
Evt18  .     AA-2  .     .     .     .     .     .     .     .     AA-2
Evt19  .     AA-1  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
`;
const nextStates: Readonly<Record<string, State>> = {
  ...{ 'AE-1': 'Sta4', 'AE-2': 'Sta5', 'AE-3': 'Sta6', 'AE-4': 'Sta1', 'AE-5': 'Sta2', 'AE-6': 'Sta3', 'AE-7': 'Sta6' },
  ...{ 'AE-8': 'Sta13', 'DT-1': 'Sta6', 'DT-2': 'Sta6', 'AR-1': 'Sta7', 'AR-2': 'Sta8', 'AR-3': 'Sta1' },
  ...{ 'AR-4': 'Sta13', 'AR-5': 'Sta1', 'AR-6': 'Sta7', 'AR-7': 'Sta8', 'AR-8': 'Sta9', 'AR-9': 'Sta11' },
  ...{ 'AA-1': 'Sta13', 'AA-2': 'Sta1', 'AA-3': 'Sta1', 'AA-4': 'Sta1', 'AA-5': 'Sta1', 'AA-6': 'Sta13' },
  ...{ 'AA-7': 'Sta13', 'AA-8': 'Sta13' },
};

const [columns = [], ...rows] = standard
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('the transition table', () => {
  it('is that of PS3.8 table 9-10, but for an abort of ours that does not wait for the request', () => {
    const cells = rows.flatMap(([number, ...actions]) =>
      actions.map((action, index) => [number, columns[index], action] as const),
    );
    const different = cells.filter(([number, state, action]) => {
      const event = events.find((one) => eventNumbers[one] === number);
      const entry = event && transition(event, state as State);
      return action === '.' ? entry !== undefined : entry?.[0] !== action || entry[1] !== nextStates[action];
    });
    expect(different).toEqual([['Evt15', 'Sta2', '.']]);
    expect(rows.map(([number]) => number)).toEqual(events.map((event) => eventNumbers[event]));
  });

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
