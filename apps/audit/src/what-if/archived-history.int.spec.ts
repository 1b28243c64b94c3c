import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Archiver, Sealer } from '@waystation/event-log';
import { ConfigurationDocument } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';
import { openObjectStore } from '@waystation/object-store';
import { expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';
import { firstDifferences } from './first-differences.js';
import { WhatIf } from './what-if.js';

const [isCt, heads] = exampleDocument.rules;
const others = [
  ConfigurationDocument.parse({ ...exampleDocument, rules: [heads] }),
  ConfigurationDocument.parse({ ...exampleDocument, rules: [{ ...isCt, condition: 'series.count > 2' }] }),
];

const ask = async ({ log, identities }: AuditedLog) => {
  const through = (await log.head()).position;
  return Promise.all(
    others.map((document) =>
      firstDifferences(new WhatIf(log, identities).run({ document, after: 0, through }), 100, () => false),
    ),
  );
};

it('decides about what has left the database as it did before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'what-if-'));
  const objects = await openObjectStore(pathToFileURL(join(folder, 'objects')).href);
  try {
    await using audited = await auditedLog({ segmentSize: 40, objects });
    const { log } = audited;
    const writer = new HistoryWriter(log);
    await writer.publishRules(2);
    for (let series = 1; series <= 8; series++) {
      for (let number = 1; number <= 1 + (series % 4); number++) await writer.receive(1, series, number);
      await writer.route(series, (await writer.complete(series)) ?? 0);
    }
    // One of the first comes again, long after its beginning was archived.
    await writer.receive(1, 1, 9);
    await writer.route(1, (await writer.complete(1)) ?? 0);
    const before = await ask(audited);
    expect(before.map(({ summary: { decisions, different } }) => [decisions, different > 0])).toEqual([
      [9, true],
      [9, true],
    ]);
    await new Sealer(log, { service: 'spec' }).sealNow();
    const now = instantAfter(await log.now(), 1000);
    const deeds = await new Archiver(log, objects, join(folder, 'spool')).run({
      archiveBefore: now,
      detachBefore: now,
      dropBefore: now,
      actor: { kind: 'user', name: 'spec' },
      reason: 'old',
    });
    expect(deeds.map(({ done }) => done)).toContain('dropped');
    const after = await ask(audited);
    expect(after.map(({ differences }) => differences)).toEqual(before.map(({ differences }) => differences));
  } finally {
    await objects.close();
    await rm(folder, { recursive: true, force: true });
  }
});
