import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobLine } from '@waystation/answers';
import { HeaderReader, readFileMeta } from '@waystation/dicom';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { Storescp } from '../harness/storescp.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

const ofPatient = {
  patientName: 'Quixander^Vortrud',
  patientId: 'PX123456',
  accessionNumber: 'ACC987654',
  studyDescription: 'CT of Quixander, axial',
};
const names = /Quixander|Vortrud|PX123456|ACC987654/i;

// REQ-PROC-30 to REQ-PROC-33: a project gets objects that name nobody, by the profile of the title that was called.
describe('A series that a project is to have without who is in it', () => {
  let folder: string;
  let system: Standalone;
  let research: Storescp;

  const jobOf = (series: readonly SyntheticInstance[]): Promise<JobLine> =>
    eventually('a job that is done', async () => {
      const lines = await system.waystation.get<readonly JobLine[]>(`/api/jobs?series=${series[0]?.seriesInstanceUid}`);
      return lines.find(({ status }) => status === 'succeeded' || status === 'abandoned');
    });
  const arrived = async (series: readonly SyntheticInstance[]) => {
    await system.waystation.deliveries(series[0]?.seriesInstanceUid ?? '', 1);
    return research.newFiles().map((path) => {
      const bytes = readFileSync(path);
      const { transferSyntaxUid, dataSetOffset } = readFileMeta(bytes);
      const reader = new HeaderReader(transferSyntaxUid);
      reader.push(bytes.subarray(dataSetOffset));
      return { text: bytes.toString('latin1'), facts: reader.end().facts };
    });
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    const inbox = join(folder, 'research');
    await mkdir(inbox);
    research = await Storescp.start(inbox);
    const env = { RESEARCH_SECRET: 'a secret of the research', WAYSTATION_ACCEPT_CALLED_AE: '*' };
    system = await startStandalone(join(folder, 'data'), env);
    const rule = (name: string, profile: string) => ({
      ...{ name, condition: 'True', calledAeTitles: [name], action: 'both', targets: ['research'] },
      processing: { steps: [{ module: 'anonymizer', settings: { profile } }] },
    });
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      applicationEntities: [{ aeTitle: 'HEART' }, { aeTitle: 'TEACHING' }],
      modules: [
        {
          ...{ kind: 'app', name: 'anonymizer' },
          settings: {
            secret: { environment: 'RESEARCH_SECRET' },
            profiles: {
              heart: { project: 'heart', options: ['clean-descriptors', 'retain-modified-dates'] },
              teaching: { project: 'teaching' },
            },
          },
        },
      ],
      targets: [research.configured('research')],
      rules: [rule('HEART', 'heart'), rule('TEACHING', 'teaching')],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await research?.stop();
    await removeFolder(folder);
  });

  it('arrives without a name, by the profile of each project, as another patient in each', async () => {
    const patients = new Map<string, string>();
    for (const [calledAeTitle, description] of [
      ['HEART', 'CT of , axial'],
      ['TEACHING', undefined],
    ] as const) {
      const series = syntheticSeries(3, ofPatient);
      await sendAll(system.dicomPort, series, { calledAeTitle });
      const objects = await arrived(series);
      expect(objects).toHaveLength(3);
      for (const { text, facts } of objects) {
        expect(text).not.toMatch(names);
        expect(text).not.toContain(series[0]?.studyInstanceUid);
        expect(facts['StudyDescription']).toBe(description);
        patients.set(calledAeTitle, facts['PatientID'] ?? '');
      }
    }
    expect(new Set(patients.values()).size).toBe(2);
  });

  it('is held where it may have the name in its pixels, and the history says so and names nobody', async () => {
    const series = syntheticSeries(2, { ...ofPatient, modality: 'US', sopClass: '1.2.840.10008.5.1.4.1.1.6.1' });
    await sendAll(system.dicomPort, series, { calledAeTitle: 'HEART' });
    const { job, status } = await jobOf(series);
    expect(status).toBe('succeeded');
    const shown = await system.waystation.json<{ readonly history: readonly HistoryEntry[] }>('job', 'show', job);
    const done = shown.history.find(({ type }) => type === 'job.succeeded.v1');
    expect(done?.data).toMatchObject({ outputs: { instances: 0 }, files: [{ name: 'deidentification.json' }] });
    expect(done?.sentence).toMatch(/0 objects made, .*; found burnedIn = 2; .*held = 2; .*outcome = held/);
    expect(JSON.stringify(shown)).not.toMatch(names);
    expect(research.newFiles()).toEqual([]);
  });
});
