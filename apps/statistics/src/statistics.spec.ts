import { tryApp } from '@waystation/module-sdk';
import { syntheticInstance, syntheticSeries } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { Statistics } from './statistics.js';

const files = [1, 2, 3].map(
  (instanceNumber) =>
    syntheticInstance({ seed: 'statistics', instanceNumber, overrides: { KVP: String(100 + 10 * instanceNumber) } })
      .part10,
);

describe('Statistics', () => {
  it('says of a series where its technique values lie', async () => {
    const { result } = await tryApp(Statistics, files);
    expect(result).toMatchObject({
      ...{ instances: 3, KVP: '110 to 130', SliceThickness: 5 },
      series: [
        {
          modality: 'CT',
          instances: 3,
          bytes: files.reduce((sum, { length }) => sum + length, 0),
          values: {
            KVP: { min: 110, max: 130, mean: 120, count: 3 },
            SliceThickness: { min: 5, max: 5, mean: 5, count: 3 },
            Rows: { min: 16, max: 16 },
          },
        },
      ],
    });
  });

  it('says nothing of values that nobody measured', async () => {
    const { result } = await tryApp(Statistics, files);
    expect(JSON.stringify(result)).not.toMatch(/EchoTime|Doe|P0001/);
  });

  it('tells the series of a study apart, and looks at what it is told to', async () => {
    const study = { studyInstanceUid: '1.2.3' };
    const [one, other] = [syntheticSeries(2, study), syntheticSeries(1, { ...study, modality: 'MR' })];
    const parts = [...one, ...other].map(({ part10 }) => part10);
    const { result } = await tryApp(Statistics, parts, { settings: { values: ['Columns', 'Modality'] } });
    expect(result).toMatchObject({
      ...{ series_1: 'CT, 2 objects, Columns 16', series_2: 'MR, 1 object, Columns 16' },
      series: [
        { modality: 'CT', instances: 2, values: { Columns: { count: 2 } } },
        { modality: 'MR', instances: 1, values: { Columns: { count: 1 } } },
      ],
    });
  });

  it('refuses settings that are none', async () => {
    const refused = tryApp(Statistics, files, { settings: { values: 'KVP' } });
    await expect(refused).rejects.toMatchObject({ code: 'job.settings-invalid' });
  });
});
