import { streamName } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';

let audit: AuditService;
let history: HistoryWriter;
beforeAll(async () => {
  audit = await auditService();
  history = new HistoryWriter(audit.platform.log);
  await history.publishRules(2);
  for (const series of [1, 2, 3]) {
    await history.receive(1, series, 1);
    await history.route(series, (await history.complete(series)) ?? 0);
  }
});
afterAll(() => audit[Symbol.asyncDispose]());

const without = { ...exampleDocument, rules: [] };
const ask = (document: unknown, query = '', accept = 'application/json'): Promise<Response> =>
  fetch(`${audit.url}/api/what-if${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, 'waystation-reader': 'huber' },
    body: JSON.stringify({ document }),
  });

describe('POST /api/what-if', () => {
  it('answers with the differences and how many there are', async () => {
    const answer = await (await ask(without)).json();
    expect(answer).toMatchObject({
      differences: [1, 2, 3].map((series) => ({ seriesInstanceUid: history.uid(series) })),
      summary: { decisions: 3, different: 3 },
    });
    const nothing = { ...exampleDocument, rules: exampleDocument.rules.slice(0, 2) };
    expect(await (await ask(nothing)).json()).toMatchObject({ differences: [], summary: { decisions: 3, same: 3 } });
  });

  it('tells only as many as are asked for, and counts all', async () => {
    const answer = await (await ask(without, '?limit=1')).json();
    expect(answer).toMatchObject({ differences: [{}], summary: { different: 3 } });
  });

  it('tells them line by line, with the summary at the end', async () => {
    const response = await ask(without, '', 'application/x-ndjson');
    const lines = (await response.text()).trim().split('\n');
    const words = lines.map((line) => Object.keys(JSON.parse(line) as object).join(' '));
    expect(words.filter((word) => word === 'difference')).toHaveLength(3);
    expect(words.at(-1)).toBe('result');
  });

  it('looks from a moment to another', async () => {
    const { differences } = (await (await ask(without)).json()) as { differences: { position: number }[] };
    const second = differences[1]?.position;
    expect(await (await ask(without, `?since=${second}&until=${second}`)).json()).toMatchObject({
      differences: [{ position: second }],
      summary: { from: second, to: second, decisions: 1 },
    });
    const events = await Promise.all(differences.map(({ position }) => audit.platform.log.read(position)));
    const since = events[1]?.recordedtime ?? '';
    // Two commits may have been recorded within one millisecond.
    const decisions = events.filter(({ recordedtime }) => recordedtime >= since).length;
    expect(await (await ask(without, `?since=${since}`)).json()).toMatchObject({ summary: { decisions } });
    expect(await (await ask(without, '?until=2020-01-01')).json()).toMatchObject({ summary: { decisions: 0 } });
    expect((await ask(without, '?since=yesterday')).status).toBe(400);
  });

  it('refuses what could not be published, with every problem', async () => {
    const [rule] = exampleDocument.rules;
    const response = await ask({ rules: [{ ...rule, condition: "@Modality@ = 'CT'" }], surprise: 1 });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'configuration.invalid' });
  });

  it('is written down as a look at history', async () => {
    await vi.waitFor(
      async () => {
        const events = await audit.platform.log.readStream(streamName.access(new Date().toISOString().slice(0, 10)));
        expect(events[0]).toMatchObject({
          type: 'history.viewed.v1',
          data: { view: 'POST /api/what-if' },
          metadata: { actor: { name: 'huber' } },
        });
      },
      { timeout: 20_000, interval: 50 },
    );
  });
});
