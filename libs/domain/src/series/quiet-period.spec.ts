import { ConfigurationDocument } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { quietPeriodOf } from './quiet-period.js';
import { seriesDecider } from './series-decider.js';

const { opened, stored, identityFacts: identity } = exampleSeries;
const { state } = given(seriesDecider, [opened(), stored(1), stored(2)]);
const rule = (name: string, condition: string, quietPeriodSeconds?: number, more: object = {}) => ({
  name,
  condition,
  action: 'route',
  targets: ['archive'],
  ...(quietPeriodSeconds === undefined ? {} : { quietPeriodSeconds }),
  ...more,
});
const periodBy = (document: object) => {
  if (state.status === 'unknown') throw new Error('the series is unknown');
  return quietPeriodOf(state, ConfigurationDocument.parse(document), { identity });
};
const completion = { quietPeriodSeconds: 60 };

describe('the quiet period of a series', () => {
  it('is that of the document where nothing else says anything', () => {
    expect(periodBy({ completion, rules: [rule('CT', 'True')] })).toEqual({ ms: 60_000 });
  });

  it('is that of the title it was sent to', () => {
    const applicationEntities = [{ aeTitle: 'WAYSTATION', completion: { quietPeriodSeconds: 5 } }];
    expect(periodBy({ completion, applicationEntities })).toEqual({ ms: 5000, applicationEntity: 'WAYSTATION' });
  });

  it('is the longest of the rules that match, be it shorter than every other', () => {
    const rules = [
      rule('MR', "@Modality@ == 'MR'", 600),
      rule('CT', "@Modality@ == 'CT'", 5),
      rule('all', 'True', 7, { trigger: 'study' }),
      rule('patient', "@PatientID@ == '4711'", 7),
      rule('whatever', 'True'),
    ];
    expect(periodBy({ completion, rules })).toEqual({ ms: 7000, rules: ['all', 'patient'] });
  });

  it('is not that of a fallback which is not needed, nor of a rule for other titles', () => {
    const rules = [
      rule('CT', 'True'),
      rule('else', 'True', 5, { fallback: true }),
      rule('research', 'True', 6, { calledAeTitles: ['RESEARCH'] }),
      rule('off', 'True', 8, { disabled: true }),
    ];
    expect(periodBy({ completion, rules })).toEqual({ ms: 60_000 });
  });

  it('asks no rule where the title is not listed', () => {
    const document = { completion, applicationEntities: [{ aeTitle: 'RESEARCH' }], unknownCalledAeTitle: 'keep' };
    expect(periodBy({ ...document, rules: [rule('CT', 'True', 5)] })).toEqual({ ms: 60_000 });
  });
});
