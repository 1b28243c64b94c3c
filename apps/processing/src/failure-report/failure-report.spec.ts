import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tryApp } from '@waystation/module-sdk';
import { syntheticInstance, syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureReport } from './failure-report.js';

const run = promisify(execFile);
const settings = {
  job: 'feedfeedfeedfeedfeed',
  attempts: 3,
  module: 'lung nodules',
  rule: 'CT to research',
  code: 'container.exit-code',
  reason: 'the container ended with exit code 3',
  failedAt: '2026-02-13T09:30:34.704Z',
};
const series = syntheticSeries(2, { overrides: { PatientSex: 'F', StudyID: 'S1' } });
const [first] = series;
const reported = (part10s = series.map(({ part10 }) => part10)) => tryApp(FailureReport, part10s, { settings });

describe('an object that tells of a failure', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waystation-failure-report-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What DCMTK reads in it. */
  const read = async (program: string, ...words: readonly string[]) => {
    const [made] = (await reported()).instances;
    const file = join(folder, 'report.dcm');
    await writeFile(file, made?.part10 ?? '');
    return run(program, [...words, file], { env: { ...process.env, LANG: 'C.UTF-8' } });
  };

  it('is a structured report that DCMTK reads without a warning', async () => {
    const { stdout, stderr } = await read('dsrdump', '+Pl');
    expect(stderr).toBe('');
    expect(stdout).toContain('Basic Text SR Document');
    expect(stdout).toContain('<CONTAINER:(,,"Processing failed")=SEPARATE>');
    for (const { code, module, reason, job, rule } of [settings])
      for (const value of [code, module, reason, job, rule]) expect(stdout).toContain(value);
    expect(stdout).toContain(`<contains UIDREF:(,,"Series Instance UID")="${first?.seriesInstanceUid ?? ''}">`);
    expect(stdout).toMatch(/DATETIME:\(,,"Given up at"\)="202602\d{8}"/);
  });

  it('has what the standard wants it to have', async () => {
    const { stdout, stderr } = await read('dcmdump', '+L');
    expect(stderr).toBe('');
    for (const element of [
      /\(0002,0002\) UI =BasicTextSRStorage/,
      /\(0008,0005\) CS \[ISO_IR 100\]/,
      /\(0008,0060\) CS \[SR\]/,
      /\(0008,1111\) SQ .*\(Sequence with .* #=0\)/,
      /\(0020,0011\) IS \[999\s?\]/,
      /\(0020,0013\) IS \[1\s?\]/,
      /\(0040,a372\) SQ .* #=0\)/,
      /\(0040,a491\) CS \[COMPLETE\]/,
      /\(0040,a493\) CS \[UNVERIFIED\]/,
    ])
      expect(stdout).toMatch(element);
  });

  it('is of the same patient and study, in a series of its own', async () => {
    const { instances } = await reported();
    expect(instances).toHaveLength(1);
    const [made] = instances;
    expect(made).toMatchObject({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.88.11',
      studyInstanceUid: first?.studyInstanceUid,
      facts: { Modality: 'SR', PatientName: 'Doe^Jane', PatientSex: 'F', StudyID: 'S1' },
    });
    expect(made?.seriesInstanceUid).not.toBe(first?.seriesInstanceUid);
  });

  it('writes a name that needs it in UTF-8, and only that', async () => {
    const overrides = { SpecificCharacterSet: 'ISO_IR 100', PatientName: 'Müller^Zoë' };
    const { instances } = await reported([syntheticInstance({ overrides }).part10]);
    expect(instances[0]?.facts).toMatchObject({ SpecificCharacterSet: 'ISO_IR 192', PatientName: 'Müller^Zoë' });
  });

  it('is the same object when it is made again', async () => {
    const [one, other] = [await reported(), await reported()];
    expect(one.instances[0]?.part10).toEqual(other.instances[0]?.part10);
  });

  it('says what is not known by empty elements, and names every series of a study', async () => {
    const studyInstanceUid = first?.studyInstanceUid ?? '';
    const bare = { PatientID: null, PatientBirthDate: null, StudyDate: null, ReferringPhysicianName: null };
    const [other] = [syntheticInstance({ seed: 'other', studyInstanceUid, overrides: bare })];
    const { instances } = await reported([other.part10, ...series.map(({ part10 }) => part10)]);
    const text = instances[0]?.part10.toString('latin1') ?? '';
    expect(text).toContain('These 2 series could not be processed');
    expect(text).toContain(other.seriesInstanceUid);
    const alone = (await reported([other.part10])).instances[0];
    expect(alone?.facts).toMatchObject({ PatientID: '', StudyDate: '' });
  });
});
