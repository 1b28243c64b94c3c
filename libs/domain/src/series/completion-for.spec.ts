import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { calledEntityOf } from './called-entity.js';
import { completionFor, shortestQuietPeriodMs } from './completion-for.js';

const document = (more: object = {}) =>
  ConfigurationDocument.parse({
    completion: { quietPeriodSeconds: 60, afterReleaseSeconds: 5 },
    applicationEntities: [
      { aeTitle: 'RESEARCH', completion: { quietPeriodSeconds: 120, expectedCountFrom: 'ImagesInAcquisition' } },
      { aeTitle: 'URGENT', completion: { afterReleaseSeconds: 0 } },
    ],
    ...more,
  });
const rule = (name: string, quietPeriodSeconds: number, more: object = {}) => ({
  name,
  condition: 'True',
  action: 'discard',
  quietPeriodSeconds,
  ...more,
});

describe('a title that we are called by', () => {
  it('has what its entry says, whatever spaces are around it', () => {
    expect(calledEntityOf(document(), 'RESEARCH ')).toMatchObject({ aeTitle: 'RESEARCH' });
  });

  it.each(['refuse', 'keep', 'accept'] as const)('that is not listed meets what the document says: %s', (unknown) => {
    expect(calledEntityOf(document({ unknownCalledAeTitle: unknown }), 'OTHER')).toBe(unknown);
  });

  it('is accepted where none is listed', () => {
    expect(calledEntityOf(ConfigurationDocument.parse({}), 'OTHER')).toBe('accept');
  });
});

describe('the completion of series that are sent to a title', () => {
  it.each([
    [
      'RESEARCH',
      {
        quietPeriodMs: 120_000,
        applicationEntity: 'RESEARCH',
        afterReleaseMs: 5000,
        expectedCountFrom: 'ImagesInAcquisition',
      },
    ],
    ['URGENT', { quietPeriodMs: 60_000, afterReleaseMs: 0 }],
    ['OTHER', { quietPeriodMs: 60_000, afterReleaseMs: 5000 }],
  ])('is that of its entry, and that of the document for what it leaves out: %s', (title, completion) => {
    expect(completionFor(document(), title)).toEqual(completion);
  });

  it('is looked at after the shortest quiet period that may hold', () => {
    const rules = [
      rule('patient', 600),
      rule('quick', 10),
      rule('for research', 3, { calledAeTitles: ['RESEARCH'] }),
      rule('off', 1, { disabled: true }),
    ];
    expect(shortestQuietPeriodMs(document({ rules }), 'OTHER')).toBe(10_000);
    expect(shortestQuietPeriodMs(document({ rules }), 'RESEARCH')).toBe(3000);
    expect(shortestQuietPeriodMs(document(), 'RESEARCH')).toBe(120_000);
  });
});
