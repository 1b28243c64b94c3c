import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamLanes } from './stream-lanes.js';
import { EMPTY_STATE } from './weight-of.js';

class Lane {
  idle = true;

  constructor(
    readonly stream: string,
    readonly weighs: (bytes: number) => void,
  ) {}
}

const use = (lanes: StreamLanes<Lane>, stream: string): Lane => lanes.get(stream, (weighs) => new Lane(stream, weighs));

describe('StreamLanes', () => {
  it('drops the stream that was not used for longest', () => {
    const lanes = new StreamLanes<Lane>(2 * EMPTY_STATE);
    const a = use(lanes, 'a');
    const b = use(lanes, 'b');
    use(lanes, 'a');
    use(lanes, 'c');
    expect(use(lanes, 'a')).toBe(a);
    expect(use(lanes, 'b')).not.toBe(b);
  });

  it('drops streams when they weigh too much together', () => {
    const lanes = new StreamLanes<Lane>(100 * EMPTY_STATE);
    use(lanes, 'big').weighs(100 * EMPTY_STATE);
    use(lanes, 'small');
    expect(lanes.size).toBe(1);
    expect(lanes.weight).toBe(EMPTY_STATE);
  });

  it('keeps a stream that is at work, and one that is asked for whatever it weighs', () => {
    const lanes = new StreamLanes<Lane>(EMPTY_STATE);
    const busy = use(lanes, 'busy');
    busy.idle = false;
    use(lanes, 'other').weighs(10 * EMPTY_STATE);
    expect(use(lanes, 'busy')).toBe(busy);
    busy.weighs(10 * EMPTY_STATE);
    expect(use(lanes, 'busy')).toBe(busy);
  });

  it('does not count what a stream that was dropped goes on to weigh', () => {
    const lanes = new StreamLanes<Lane>(EMPTY_STATE);
    const dropped = use(lanes, 'dropped');
    use(lanes, 'other');
    dropped.weighs(1_000_000);
    expect(lanes.weight).toBe(EMPTY_STATE);
    use(lanes, 'dropped');
    dropped.weighs(1_000_000);
    expect(lanes.weight).toBe(EMPTY_STATE);
  });

  it('never keeps more than it may beyond what is asked for and at work, whatever comes', () => {
    const step = fc.record({ stream: fc.nat({ max: 9 }), bytes: fc.nat({ max: 5 * EMPTY_STATE }), idle: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const most = 8 * EMPTY_STATE;
        const lanes = new StreamLanes<Lane>(most);
        const weights = new Map<Lane, number>();
        for (const { stream, bytes, idle } of steps) {
          const lane = use(lanes, `${stream}`);
          lane.idle = true;
          const atWork = [...weights].filter(([other]) => other !== lane && !other.idle);
          const mustStay = [...atWork, [lane, weights.get(lane) ?? 0] as const];
          const least = mustStay.reduce((sum, [, weight]) => sum + EMPTY_STATE + weight, 0);
          expect(lanes.weight).toBeLessThanOrEqual(Math.max(most, least));
          lane.weighs(bytes);
          weights.set(lane, bytes);
          lane.idle = idle;
        }
      }),
    );
  });
});
