import type { DifferentDecision, WhatIfSummary } from '@waystation/answers';
import { fold, seriesDecider, type SeriesEvent } from '@waystation/domain';
import { ConfigurationDocument, type Facts, type Recorded, type SeriesRouted } from '@waystation/events';
import { exampleSeries } from '@waystation/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { randomHistory } from '../../test/random-history.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';
import { WhatIf } from './what-if.js';

let audited: AuditedLog;
let writer: HistoryWriter;
beforeEach(async () => {
  audited = await auditedLog();
  writer = new HistoryWriter(audited.log);
});
afterEach(() => audited[Symbol.asyncDispose]());

interface Told {
  readonly differences: readonly DifferentDecision[];
  readonly summary: WhatIfSummary;
}
const ask = async (
  document: ConfigurationDocument,
  range: { after?: number; through?: number } = {},
): Promise<Told> => {
  const { position } = await audited.log.head();
  const lines = new WhatIf(audited.log, audited.identities).run({ document, after: 0, through: position, ...range });
  const differences: DifferentDecision[] = [];
  for (;;) {
    const { done, value } = await lines.next();
    if (done === true) return { differences, summary: value };
    if ('difference' in value) differences.push(value.difference);
  }
};

const rulesOnly = (...rules: readonly object[]): ConfigurationDocument =>
  ConfigurationDocument.parse({ ...exampleDocument, rules });
const [isCt, heads, jane] = exampleDocument.rules;
if (!isCt || !heads || !jane) throw new Error('the example has three rules');

/** What the decider of production makes of every decision when it is asked over again, object by object. */
const decidedAgain = async (document: ConfigurationDocument): Promise<readonly number[]> => {
  const events = await audited.log.readAll({ after: 0, limit: 10_000 });
  const different: number[] = [];
  for (const event of events.filter(({ type }) => type === 'series.routed.v1')) {
    const { revision, outcome, deliveries } = event.data as SeriesRouted['data'];
    const before = await audited.log.readStream(event.stream, { through: event.sequence - 1 });
    const state = fold(seriesDecider, before as unknown as readonly Recorded<SeriesEvent>[]);
    const configuration = { version: 1, sha256: exampleSeries.sha256(1), document };
    const command = { kind: 'route-series', revision, configuration, identity: {} } as const;
    const [routed] = seriesDecider.decide(state, command);
    const again = routed?.type === 'series.routed.v1' ? routed.data : undefined;
    const what = (decided: Pick<SeriesRouted['data'], 'outcome' | 'deliveries'> | undefined) =>
      JSON.stringify([
        decided?.outcome,
        decided?.deliveries.map(({ target, sopInstanceUids }) => [target, sopInstanceUids]).toSorted(),
      ]);
    if (what(again) !== what({ outcome, deliveries })) different.push(event.position);
  }
  return different;
};

const lateOnly = { target: 'export', instances: 'float(@InstanceNumber@) > 2' };
const others = [
  rulesOnly(),
  rulesOnly(isCt),
  rulesOnly(isCt, heads),
  rulesOnly(heads, { ...isCt, name: 'another name' }),
  rulesOnly({ ...isCt, targets: ['pacs', lateOnly] }),
  rulesOnly({ ...isCt, condition: "@InstanceNumber@ == '1'" }, { ...heads, fallback: true }),
  rulesOnly({ ...heads, action: 'discard', targets: [] }),
  rulesOnly(
    { ...isCt, condition: 'series.count > 2' },
    { ...heads, condition: "any_instance(@InstanceNumber@ == '2')" },
  ),
];

describe('What if', () => {
  it('finds what the decider of production decides otherwise, in any history, and nothing else', async () => {
    await writer.publish();
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.constantFrom(...others), async (history, document) => {
        await history.write(writer);
        const { differences, summary } = await ask(document);
        expect(differences.map(({ position }) => position)).toEqual(await decidedAgain(document));
        expect(summary).toMatchObject({ different: differences.length, unknown: { forgotten: 0, notRead: 0 } });
        expect(summary.same + summary.different).toBe(summary.decisions);
      }),
      { numRuns: 15 },
    );
  });

  it('is nothing with the rules that decided, whatever they were', async () => {
    for (const document of others) {
      await writer.publish(document, 'other rules');
      const { position } = await audited.log.head();
      for (const series of [1, 2]) {
        const first = 10 * position;
        for (const number of [1, 2, 3]) await writer.receive(1, series, first + (series === 2 ? 7 - number : number));
        await writer.route(series, (await writer.complete(series)) ?? 0);
        await writer.receive(1, series, first + 9);
        await writer.receive(1, series, first + 1, { hash: 4711 + position });
        await writer.route(series, (await writer.complete(series)) ?? 0);
      }
      const { differences, summary } = await ask(document, { after: position });
      expect(differences).toEqual([]);
      expect(summary).toMatchObject({ decisions: 4, same: 4, different: 0 });
    }
  });

  it('says what would go where and why, and sums it up', async () => {
    await writer.publish(rulesOnly(isCt));
    await writer.receive(1, 1, 1);
    await writer.receive(1, 2, 1, { header: { Modality: 'MR' } });
    for (const series of [1, 2]) await writer.route(series, (await writer.complete(series)) ?? 0);
    const { differences, summary } = await ask(rulesOnly({ ...isCt, condition: "@Modality@ == 'MR'" }));
    expect(differences).toMatchObject([
      {
        seriesInstanceUid: writer.uid(1),
        studyInstanceUid: writer.uid(1),
        revision: 1,
        configuration: 1,
        was: { outcome: 'routed', targets: [{ target: 'pacs' }] },
        would: { outcome: 'unmatched', targets: [] },
        rules: [{ rule: 'CT to PACS', was: { verdict: 'matched' }, would: { verdict: 'not-matched' } }],
      },
      { seriesInstanceUid: writer.uid(2), would: { outcome: 'routed' } },
    ]);
    expect(summary).toMatchObject({
      decisions: 2,
      different: 2,
      outcomes: { 'routed → unmatched': 1, 'unmatched → routed': 1 },
      targets: { pacs: { more: 1, fewer: 1 } },
      rules: { 'CT to PACS': 2 },
    });
  });

  it('looks only at what was decided in the range', async () => {
    await writer.publish(rulesOnly(isCt));
    for (const series of [1, 2, 3]) {
      await writer.receive(1, series, 1);
      await writer.route(series, (await writer.complete(series)) ?? 0);
    }
    const { differences } = await ask(rulesOnly());
    const [first, second, third] = differences.map(({ position }) => position);
    expect(third).toBeDefined();
    const found = async (range: { after?: number; through?: number }) =>
      (await ask(rulesOnly(), range)).differences.map(({ position }) => position);
    expect(await found({ after: first ?? 0 })).toEqual([second, third]);
    expect(await found({ after: first ?? 0, through: second ?? 0 })).toEqual([second]);
    expect(await found({ through: (first ?? 0) - 1 })).toEqual([]);
  });
});

describe('What if by who the patient is', () => {
  const facts: Facts = { PatientName: 'Doe^Jane', PatientID: '4711' };
  const seal = (series: number, number: number, who: Facts) => {
    const seriesInstanceUid = writer.uid(series);
    const sopInstanceUid = `${seriesInstanceUid}.${number}`;
    return audited.identities.seal({ studyInstanceUid: writer.uid(1), seriesInstanceUid, sopInstanceUid }, who);
  };
  const forPatient = rulesOnly({ ...jane, condition: "'Doe' in @PatientName@" });
  beforeEach(async () => {
    await writer.publish(rulesOnly(isCt));
    await writer.receive(1, 1, 1, { identity: await seal(1, 1, facts) });
    await writer.receive(1, 2, 1, {
      identity: await seal(2, 1, { ...facts, PatientName: 'Roe^Rita', PatientID: '1' }),
    });
    for (const series of [1, 2]) await writer.route(series, (await writer.complete(series)) ?? 0);
  });

  it('opens it to the rules and shows it to nobody', async () => {
    const { differences, summary } = await ask(forPatient);
    expect(differences.map(({ would }) => would.outcome)).toEqual(['routed', 'unmatched']);
    expect(summary.unknown.forgotten).toBe(0);
    expect(JSON.stringify(differences)).not.toMatch(/Doe\^Jane|Roe|Rita/);
  });

  it('does not know of those who are forgotten, and decides about them where no rule asks who they are', async () => {
    const { keys } = await audited.identities.patients.of({ patientId: '4711', issuer: '' });
    expect(keys).toHaveLength(1);
    await audited.identities.erasure.destroy(keys);
    expect(await ask(forPatient)).toMatchObject({
      differences: [{ seriesInstanceUid: writer.uid(2) }],
      summary: { decisions: 2, same: 0, different: 1, unknown: { forgotten: 1, notRead: 0 } },
    });
    expect((await ask(rulesOnly())).summary).toMatchObject({ different: 2, unknown: { forgotten: 0 } });
  });
});

describe('What if by what was not read from objects', () => {
  it('cannot be told, and names what is missing', async () => {
    const additional = [{ element: '0018,9073', vr: 'FD' }];
    const asking = { ...rulesOnly({ ...isCt, condition: "@0018,9073@ == '5'" }), facts: { additional } };
    const document = ConfigurationDocument.parse(asking);
    await writer.publish(rulesOnly(isCt));
    await writer.receive(1, 1, 1);
    await writer.route(1, (await writer.complete(1)) ?? 0);
    expect((await ask(document)).summary).toMatchObject({
      different: 0,
      unknown: { forgotten: 0, notRead: 1, names: ['0018,9073'] },
    });
  });
});
