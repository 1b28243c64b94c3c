import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { repository } from '../harness/repository.js';
import { send } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';

const folderOfChecker = join(repository, 'tools/torture/check');
const from = <Module>(path: string): Promise<Module> => import(path) as Promise<Module>;
interface Findings {
  readonly differences: readonly { readonly invariant: number; readonly name: string }[];
  readonly figures: Readonly<Record<string, number>>;
}
interface Checker {
  readonly check: (evidence: object) => Promise<Findings>;
  readonly look: (evidence: object) => Promise<Look>;
  readonly findings: (look: Look) => Findings;
}
/** All that was read of a run, in plain data. */
interface Look {
  readonly evidence: object;
}
/** What is broken, as the checker names it, and how. */
interface Breach {
  readonly invariant: number;
  readonly name: string;
  readonly make: (look: Look) => Look;
}
const { check, look, findings } = await from<Checker>(join(folderOfChecker, 'check.mjs'));
const { breaches } = await from<{ readonly breaches: readonly Breach[] }>('../harness/breaches.mjs');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

// What a checker does not see it cannot promise: a small run of the real programs, in which each promise is then broken once.
describe('The checker of faults', () => {
  const plain = syntheticSeries(3, { modality: 'CT' });
  const processed = syntheticSeries(2, { modality: 'MR' });
  const targets = new Map<string, RecordingTarget>();
  let folder: string;
  let system: Standalone;
  let evidence: object;
  let seen: Look;

  const cli = (...args: readonly string[]) => system.waystation.run(...args);
  const bring = async (instances: readonly SyntheticInstance[]) => {
    const receipts = await send(system.dicomPort, instances);
    return instances.map(
      ({ dataSet, sopInstanceUid, seriesInstanceUid, studyInstanceUid, transferSyntaxUid }, index) => ({
        ...{ sender: 'SCANNER', association: seriesInstanceUid, sopInstanceUid, seriesInstanceUid, studyInstanceUid },
        transferSyntaxUid,
        ...{ sha256: sha256(dataSet), size: dataSet.length, answer: receipts[index]?.status, at: Date.now() },
      }),
    );
  };
  const arrivals = () =>
    [...targets].flatMap(([target, { received }]) =>
      [...received].flatMap(([sopInstanceUid, all]) =>
        all.map((dataSetSha256) => ({
          ...{ target, association: 'any', sopInstanceUid, dataSetSha256, status: 0, answered: true, at: Date.now() },
        })),
      ),
    );
  const delivered = () =>
    eventually('both deliveries', async () => {
      const lines = await system.waystation.get<readonly DeliveryLine[]>('/api/deliveries');
      return lines.length === 2 && lines.every(({ status }) => status === 'succeeded') ? true : undefined;
    });

  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const name of ['pacs', 'research']) targets.set(name, await RecordingTarget.listen());
    system = await startStandalone(join(folder, 'data'), { ANONYMIZER_SECRET: 'as long as it has to be' });
    const processing = { steps: [{ module: 'anonymizer' }] };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [...targets].map(([name, one]) => one.configured(name)),
      modules: [{ kind: 'app', name: 'anonymizer', settings: { secret: { environment: 'ANONYMIZER_SECRET' } } }],
      rules: [
        { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['pacs'] },
        { name: 'MR', condition: "@Modality@ == 'MR'", action: 'both', targets: ['research'], processing },
      ],
    });
    const [seriesOfCt, seriesOfMr] = [plain, processed].map((series) => series[0]?.seriesInstanceUid);
    const job = { rule: 'MR', module: 'anonymizer', targets: ['research'], originals: false, outputs: 1 };
    const sent = [...(await bring(plain)), ...(await bring(processed))];
    await delivered();
    const held = { rss: 200e6, heapUsed: 50e6, external: 1e6, files: 40 };
    evidence = {
      sent,
      came: arrivals(),
      watched: ['pacs', 'research'],
      expected: [
        { seriesInstanceUid: seriesOfCt, outcome: 'routed', targets: ['pacs'], jobs: [] },
        { seriesInstanceUid: seriesOfMr, outcome: 'routed', targets: [], jobs: [job] },
      ],
      objects: pathToFileURL(join(folder, 'data/objects')).href,
      database: await databaseUrlOf(system.dataFolder),
      rest: { waitedMs: 1000, limitMs: 30_000 },
      processes: [{ name: 'waystation', before: held, after: held }],
      queues: [],
      cli,
    };
    seen = await look(evidence);
  });
  afterAll(async () => {
    await system?.program.stop();
    for (const target of targets.values()) await target.close();
    await removeFolder(folder);
  });

  it('has nothing to say where all is as it should be', async () => {
    const { differences, figures } = await check(evidence);
    expect(differences).toEqual([]);
    expect(figures).toMatchObject({ sent: 5, acknowledged: 5, deliveries: 2, abandoned: 0, jobs: 1 });
    expect(figures).toMatchObject({ repeated: 0, unclaimed: 0, withoutEnd: 0 });
  });

  it.each(breaches.map((breach) => [breach.name, breach] as const))('sees %s', (_, { invariant, name, make }) => {
    const whole = { ...seen, evidence: { ...seen.evidence, cli: undefined } };
    const { differences } = findings(make(structuredClone(whole)));
    expect(new Set(differences.map((one) => `${one.invariant} ${one.name}`))).toEqual(
      new Set([`${invariant} ${name}`]),
    );
  });

  it('sees what somebody does to the store and to the log behind everybody', async () => {
    const objects = join(folder, 'data/objects');
    const segment = readdirSync(join(objects, 'segments')).map((name) => join(objects, 'segments', name))[0] ?? '';
    const bytes = readFileSync(segment);
    bytes.writeUInt8(bytes.readUInt8(1_000) ^ 1, 1_000);
    writeFileSync(segment, bytes);
    writeFileSync(join(objects, 'stray.dcm'), 'of nobody');
    const sql = `set session_replication_role = replica;
      update log.event set data = '{}' where position = (select max(position) from log.event where type = 'job.progressed.v1')`;
    await asSuperuser(await databaseUrlOf(system.dataFolder), sql);
    const { differences } = await check(evidence);
    expect(new Set(differences.map(({ invariant, name }) => `${invariant} ${name}`))).toEqual(
      new Set(['1 other-bytes', '1 object-of-nobody', '3 event-changed', '3 log-does-not-verify']),
    );
  });

  it('has no difference that is not broken here', () => {
    const sources = readdirSync(folderOfChecker).map((name) => readFileSync(join(folderOfChecker, name), 'utf8'));
    const names = sources.flatMap((source) =>
      [...source.matchAll(/\b(?:difference|said|grew)\(\s*(?:[^'()]*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?/g)].flatMap(
        ([, one, other]) => [one, other].flatMap((name) => name ?? []),
      ),
    );
    expect(new Set(breaches.map(({ name }) => name))).toEqual(new Set(names));
  });
});
