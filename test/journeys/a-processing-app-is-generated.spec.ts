import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobLine } from '@waystation/answers';
import { checkSubmission, knownTagsOf } from '@waystation/domain';
import { derivedUid } from '@waystation/module-sdk';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { RepositoryCopy } from '../harness/repository-copy.js';
import { startStandalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

// REQ-MODULE-1: a developer has a running processing app in minutes.

let copy: RepositoryCopy;
beforeAll(async () => {
  copy = await RepositoryCopy.make();
  await copy.run('npm', 'run', 'new:processing-app', 'my-app');
});
afterAll(() => copy[Symbol.asyncDispose]());

const registry = 'apps/standalone/src/processing-apps.ts';
const textOf = (path: string): Promise<string> => readFile(join(copy.folder, path), 'utf8');

it('compiles with all that runs it, passes its own spec, and is as the house wants it', async () => {
  await copy.run('npx', 'tsc', '-b', 'apps/my-app', 'apps/standalone');
  await copy.run('npx', 'vitest', 'run', '--project', 'unit', 'apps/my-app');
  await copy.run('npx', 'oxlint', '--type-aware', '--deny-warnings', 'apps/my-app', registry);
  await copy.run('npx', 'prettier', '--check', 'apps/my-app', 'apps/standalone', 'tsconfig.json', 'docker-compose.yml');
});

it('is there for npm start without anything being installed again', async () => {
  const install =
    "import { install } from './tools/setup/install.mjs'; process.env.npm_execpath = '/nowhere'; await install()";
  await copy.run('node', '--input-type=module', '--eval', install);
});

it('leaves its author thirty lines', async () => {
  expect((await textOf('apps/my-app/src/my-app.ts')).trimEnd().split('\n').length).toBeLessThan(30);
});

it('is registered where apps are listed', async () => {
  expect(await textOf('docker-compose.yml')).toContain('  my-app:\n    <<: *service\n    command: my-app\n');
  expect(await textOf(registry)).toMatch(/StatisticsModule[\s\S]*MyAppModule/);
  const lock = JSON.parse(await textOf('package-lock.json')) as { packages: Record<string, object> };
  expect(lock.packages['node_modules/@waystation/my-app']).toEqual({ resolved: 'apps/my-app', link: true });
});

it('has its output arrive at a target, asked for by four commands', async () => {
  const pacs = await RecordingTarget.listen();
  const system = await startStandalone(join(copy.folder, 'data'), {}, copy.folder);
  try {
    const say = (...words: readonly string[]) => system.waystation.json(...words);
    await say('config', 'quiet-period', '0.5');
    await say('target', 'add', 'pacs', '--host', '127.0.0.1', '--port', String(pacs.port), '--called-ae', 'PACS');
    for (const module of ['my-app', 'statistics']) await say('module', 'add', module);
    await say('rule', 'add', 'mine', '--when', 'True', '--process', 'my-app', '--to', 'pacs');
    await say('rule', 'add', 'values', '--when', 'True', '--process', 'statistics');
    const series = syntheticSeries(3);
    await new Modality().push(system.dicomPort, series);
    await untilDelivered(system.waystation, series, ['pacs']);
    const made = series.map(({ sopInstanceUid }) => derivedUid('my-app', sopInstanceUid));
    expect([...pacs.received.keys()].toSorted()).toEqual(made.toSorted());
    const uid = series[0]?.seriesInstanceUid ?? '';
    const lines = await eventually('both jobs', async () => {
      const jobs = await system.waystation.get<readonly JobLine[]>(`/api/jobs?series=${uid}`);
      return jobs.every(({ status }) => status === 'succeeded') ? jobs : undefined;
    });
    expect(new Map(lines.map(({ module, outputs }) => [module, outputs]))).toEqual(
      new Map([
        ['my-app', 3],
        ['statistics', 0],
      ]),
    );
    const statistics = lines.find(({ module }) => module === 'statistics');
    const { result } = await system.waystation.json<{ result: object }>('job', 'result', statistics?.job ?? '');
    expect(result).toMatchObject({ instances: 3, series: [{ modality: 'CT', values: { KVP: { mean: 120 } } }] });
  } finally {
    await system.program.stop();
    await pacs.close();
  }
});

it.each(['my-app', 'My_App', '../evil'])('is not made a second time or with a wrong name: %j', async (name) => {
  await expect(copy.run('npm', 'run', 'new:processing-app', name)).rejects.toThrow();
});

it('is what its how-to says', async () => {
  const page = await textOf('docs/how-to/write-a-processing-app.md');
  const blocks = [...page.matchAll(/^```ts\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)];
  expect(blocks).toHaveLength(3);
  await copy.run('npm', 'run', 'new:processing-app', 'brightness');
  for (const [, path = '', text = ''] of blocks) await writeFile(join(copy.folder, path), text);
  await copy.run('npx', 'tsc', '-b', 'apps/brightness');
  await copy.run('npx', 'oxlint', '--type-aware', '--deny-warnings', 'apps/brightness');
  await copy.run('npx', 'vitest', 'run', '--project', 'unit', 'apps/brightness');
  expect(blocks[0]?.[2]?.split('\n').length).toBeLessThan(30);
  const [, configuration = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
  expect(checkSubmission(JSON.parse(configuration), knownTagsOf).problems).toEqual([]);
});
