import { TestAuthority } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RecordingEndpoint } from '../../../../test/harness/recording-endpoint.js';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { WebhookBench } from '../../test/webhook-bench.js';

const wait = { timeout: 20_000, interval: 50 };

let audit: AuditService;
let bench: WebhookBench;
beforeAll(async () => {
  audit = await auditService();
  bench = new WebhookBench(audit);
});
afterEach(() => bench.publish([]));
afterAll(() => audit[Symbol.asyncDispose]());

describe('A webhook', () => {
  it('does not follow where it is redirected to', async () => {
    await using elsewhere = await RecordingEndpoint.start();
    await using endpoint = await RecordingEndpoint.start();
    endpoint.reply = () => ({ status: 307, headers: { location: elsewhere.url } });
    const name = bench.nameOf();
    await bench.publish([{ name, url: endpoint.url, streams: ['association/elsewhere'] }]);
    await bench.append('elsewhere', 1);
    await vi.waitFor(async () => expect((await bench.reportOf(name)).stalled?.code).toBe('webhook.http-307'), wait);
    expect(elsewhere.requests).toEqual([]);
  });

  it('does not ask a machine of a cloud for its secrets', async () => {
    const name = bench.nameOf();
    await bench.publish([{ name, url: 'http://169.254.169.254/latest/meta-data', streams: ['association/cloud'] }]);
    await bench.append('cloud', 1);
    await vi.waitFor(
      async () => expect((await bench.reportOf(name)).stalled?.code).toBe('webhook.forbidden-address'),
      wait,
    );
  });

  it('believes an https endpoint with a certificate of its authority, and no other', async () => {
    const authority = await TestAuthority.create();
    const { certificate, key } = await authority.issue('ris');
    await using endpoint = await RecordingEndpoint.start({ cert: certificate, key });
    const [trusting, doubting] = [bench.nameOf(), bench.nameOf()];
    const streams = ['association/tls'];
    await bench.publish([
      { name: trusting, url: endpoint.url, streams, caFile: authority.path },
      { name: doubting, url: endpoint.url, streams },
    ]);
    await bench.append('tls', 1);
    await vi.waitFor(() => expect(endpoint.taken).toHaveLength(1), wait);
    await vi.waitFor(async () => expect(await bench.reportOf(doubting)).toMatchObject({ status: 'stalled' }), wait);
    expect(endpoint.taken).toHaveLength(1);
    await authority.remove();
  });
});
