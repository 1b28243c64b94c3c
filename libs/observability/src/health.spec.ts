import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { Health } from './health.js';

describe('Health', () => {
  it('is ok where every check is, and where there is none', async () => {
    const health = new Health();
    expect(await health.ready()).toEqual({ status: 'ok', checks: {} });
    health.add('log', () => Promise.resolve());
    expect(await health.ready()).toEqual({ status: 'ok', checks: { log: { status: 'ok' } } });
  });

  it('says which check fails and why, while the process stays alive', async () => {
    const health = new Health();
    health.add('loop', () => undefined, 'life');
    health.add('log', () => Promise.resolve());
    health.add('objects', () => Promise.reject(new CodedError('object-store.full', 'no room')));
    health.add('bus', () => {
      throw new Error('away');
    });
    expect(await health.ready()).toEqual({
      status: 'degraded',
      checks: {
        loop: { status: 'ok' },
        log: { status: 'ok' },
        objects: { status: 'failed', code: 'object-store.full', reason: 'no room' },
        bus: { status: 'failed', reason: 'away' },
      },
    });
    expect(await health.live()).toEqual({ status: 'ok', checks: { loop: { status: 'ok' } } });
  });

  it('shows what a check says that does not fail, and one that stands in for another', async () => {
    const health = new Health();
    health.add('objects', () => Promise.reject(new Error('away')));
    health.add('objects', () => 'away, and objects are spooled');
    expect(await health.ready()).toEqual({
      status: 'ok',
      checks: { objects: { status: 'ok', detail: 'away, and objects are spooled' } },
    });
  });

  it('does not wait for a check that never answers', async () => {
    const health = new Health(20);
    health.add('stuck', () => new Promise(() => undefined), 'life');
    expect(await health.live()).toEqual({
      status: 'degraded',
      checks: { stuck: { status: 'failed', reason: 'no answer within 20 ms' } },
    });
  });
});
