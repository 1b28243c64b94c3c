import { describe, expect, it } from 'vitest';
import { Metrics } from './metrics.js';
import { waystationMetrics } from './waystation-metrics.js';

describe('Metrics', () => {
  it('exposes counters by their labels, in whatever order these were given', async () => {
    const metrics = new Metrics();
    const counter = metrics.counter('things_total', 'Things\nthat "are" C:\\.');
    counter.add();
    counter.add(2, { a: '1', b: '2' });
    counter.add(3, { b: '2', a: '1' });
    counter.add(0.5, { a: 'quote " backslash \\ line\n' });
    expect(await metrics.expose()).toBe(
      [
        '# HELP things_total Things\\nthat "are" C:\\\\.',
        '# TYPE things_total counter',
        'things_total 1',
        'things_total{a="1",b="2"} 5',
        'things_total{a="quote \\" backslash \\\\ line\\n"} 0.5',
        '',
      ].join('\n'),
    );
  });

  it('does not count backwards', () => {
    const counter = new Metrics().counter('things_total', '');
    expect(() => counter.add(-1)).toThrow(expect.objectContaining({ code: 'metrics.decreased' }));
    expect(() => counter.add(Number.NaN)).toThrow(expect.objectContaining({ code: 'metrics.decreased' }));
  });

  it('exposes gauges that were set and gauges that are read', async () => {
    const metrics = new Metrics();
    const open = metrics.gauge('open', 'Open.');
    open.set(5);
    open.add(-2);
    let depth = 7;
    metrics.gauge('depth', 'Depth.', () => Promise.resolve([{ value: depth, labels: { queue: 'a' } }]));
    expect(await metrics.expose()).toContain('\nopen 3\n');
    depth = 8;
    expect(await metrics.expose()).toContain('\ndepth{queue="a"} 8\n');
  });

  it('leaves out a gauge that cannot be read, and nothing else', async () => {
    const metrics = new Metrics();
    metrics.gauge('lost', 'Lost.', () => Promise.reject(new Error('the database is away')));
    metrics.counter('kept_total', 'Kept.').add();
    const lines = (await metrics.expose()).split('\n');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual(['kept_total 1', '']);
  });

  it('exposes histograms with cumulative buckets', async () => {
    const metrics = new Metrics();
    const seconds = metrics.histogram('seconds', 'Seconds.', [0.5, 1]);
    for (const value of [0.25, 0.5, 0.75, 4]) seconds.observe(value, { by: 'x' });
    expect((await metrics.expose()).split('\n').slice(2, -1)).toEqual([
      'seconds_bucket{by="x",le="0.5"} 2',
      'seconds_bucket{by="x",le="1"} 3',
      'seconds_bucket{by="x",le="+Inf"} 4',
      'seconds_sum{by="x"} 5.5',
      'seconds_count{by="x"} 4',
    ]);
  });

  it('gives the same metric for the same name, and refuses another type', () => {
    const metrics = new Metrics();
    expect(waystationMetrics.bytesStored(metrics)).toBe(waystationMetrics.bytesStored(metrics));
    expect(() => metrics.gauge('waystation_stored_bytes_total', '')).toThrow(
      expect.objectContaining({ code: 'metrics.invalid-name' }),
    );
    expect(() => metrics.counter('not a name', '')).toThrow(expect.objectContaining({ code: 'metrics.invalid-name' }));
  });

  it('has a metric for everything on the list', async () => {
    const metrics = new Metrics();
    const none = (): Promise<readonly []> => Promise.resolve([]);
    for (const metric of Object.values(waystationMetrics)) metric(metrics, none);
    const names = (await metrics.expose()).match(/(?<=^# TYPE )\S+/gm) ?? [];
    expect(names).toHaveLength(Object.keys(waystationMetrics).length);
    expect(names.every((name) => name.startsWith('waystation_'))).toBe(true);
  });
});
