import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ContainerModule } from '@waystation/events';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractOf } from '../contract/contract-of.js';
import { JobFolder } from './job-folder.js';

const never = new AbortController().signal;
const module = (more: object = {}): ContainerModule =>
  ContainerModule.parse({ kind: 'container', name: 'module', image: 'registry/module:1', ...more });
const asked = ({ part10, ...uids }: SyntheticInstance) => ({
  ...uids,
  size: part10.length,
  open: () => Promise.resolve(Readable.from([part10])),
});

describe('JobFolder', () => {
  const instances = syntheticSeries(2);
  const [{ seriesInstanceUid, studyInstanceUid }] = instances as [SyntheticInstance];
  const job = { id: 'job-1', module: 'module', rule: 'CT', studyInstanceUid, seriesInstanceUid, settings: { a: 1 } };
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'waystation-job-'));
  });
  afterEach(async () => rm(root, { recursive: true, force: true }));

  const fill = async (of: ContainerModule): Promise<JobFolder> => {
    const folder = await JobFolder.make(join(root, 'job'), of, join(root, 'kept'));
    await folder.writeInput(job, instances.map(asked), 'main', never);
    return folder;
  };

  it('has each object with its tags and the task, as mercure writes them', async () => {
    const { input } = await fill(module());
    const names = instances.flatMap(({ sopInstanceUid }) =>
      ['dcm', 'tags'].map((end) => `${seriesInstanceUid}#${sopInstanceUid}.${end}`),
    );
    expect((await readdir(input)).toSorted()).toEqual([...names, 'task.json'].toSorted());
    const [first] = instances;
    const path = join(input, `${seriesInstanceUid}#${first?.sopInstanceUid ?? ''}`);
    expect(await readFile(`${path}.dcm`)).toEqual(first?.part10);
    expect(JSON.parse(await readFile(`${path}.tags`, 'utf8'))).toMatchObject({
      SeriesInstanceUID: seriesInstanceUid,
      PatientName: 'Doe^Jane',
    });
    expect(JSON.parse(await readFile(join(input, 'task.json'), 'utf8'))).toMatchObject({
      id: 'job-1',
      info: { uid: seriesInstanceUid, uid_type: 'series', applied_rule: 'CT', patient_name: 'Doe^Jane', mrn: 'P0001' },
      process: { module_name: 'module', settings: { a: 1 }, module_config: { docker_tag: 'registry/module:1' } },
      study: {},
    });
  });

  it('is about the study where the job is', async () => {
    const folder = await JobFolder.make(join(root, 'job'), module(), join(root, 'kept'));
    await folder.writeInput({ ...job, seriesInstanceUid: undefined }, instances.map(asked), 'main', never);
    expect(JSON.parse(await readFile(join(folder.input, 'task.json'), 'utf8'))).toMatchObject({
      info: { uid: studyInstanceUid, uid_type: 'study' },
      study: { study_uid: studyInstanceUid },
    });
  });

  it('has nothing but the objects, and these read-only, for MONAI', async () => {
    const folder = await fill(module({ contract: 'monai' }));
    expect((await readdir(folder.input)).every((name) => name.endsWith('.dcm'))).toBe(true);
    expect(folder.binds).toEqual([
      { source: folder.input, target: '/var/monai/input', readOnly: true },
      { source: folder.output, target: '/var/monai/output', readOnly: false },
    ]);
    expect(contractOf({ contract: 'monai' }).environment({ persistence: false, timeoutSeconds: 60 })).toMatchObject({
      MONAI_INPUTPATH: '/var/monai/input',
      HOLOSCAN_OUTPUT_PATH: '/var/monai/output',
      MONAI_TIMEOUT: '60',
    });
  });

  it('is closed to others of this machine and open to the container', async () => {
    const { output } = await fill(module());
    expect((await stat(join(root, 'job'))).mode & 0o777).toBe(0o700);
    expect((await stat(output)).mode & 0o777).toBe(0o777);
  });

  it('goes with the job, and what is kept for the module stays', async () => {
    const folder = await fill(module({ persistence: true }));
    expect(folder.binds.at(-1)).toEqual({ source: join(root, 'kept'), target: '/tmp/persistence', readOnly: false });
    await writeFile(join(root, 'kept/persistence.json'), '{}');
    await folder.remove();
    expect(await readdir(root)).toEqual(['kept']);
    expect(await readdir(join(root, 'kept'))).toEqual(['persistence.json']);
  });
});
