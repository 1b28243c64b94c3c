import { describe, expect, it } from 'vitest';
import { StreamLanes } from './stream-lanes.js';

interface Lane {
  readonly stream: string;
  readonly idle: boolean;
  readonly sequence: number;
}
const use = (lanes: StreamLanes<Lane>, stream: string, more: Partial<Lane> = {}) =>
  lanes.get(stream, () => ({ stream, idle: true, sequence: 1, ...more }));

describe('StreamLanes', () => {
  it('drops the stream that was not used for longest', () => {
    const lanes = new StreamLanes<Lane>({ streams: 2, events: 100 });
    const a = use(lanes, 'a');
    const b = use(lanes, 'b');
    use(lanes, 'a');
    use(lanes, 'c');
    expect(use(lanes, 'a')).toBe(a);
    expect(use(lanes, 'b')).not.toBe(b);
  });

  it('drops streams when they hold too many events together', () => {
    const lanes = new StreamLanes<Lane>({ streams: 100, events: 10 });
    use(lanes, 'big', { sequence: 11 });
    use(lanes, 'small');
    expect(lanes.size).toBe(1);
  });

  it('keeps a stream that is at work', () => {
    const lanes = new StreamLanes<Lane>({ streams: 1, events: 100 });
    const busy = use(lanes, 'busy', { idle: false });
    use(lanes, 'other');
    expect(use(lanes, 'busy')).toBe(busy);
  });
});
