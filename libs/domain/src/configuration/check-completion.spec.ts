import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { checkCompletion } from './check-completion.js';
import { knownTagsOf } from './known-tags-of.js';

const problemsOf = (document: object) => {
  const parsed = ConfigurationDocument.parse(document);
  return checkCompletion(parsed, knownTagsOf(parsed));
};

describe('checkCompletion', () => {
  it('takes a fact that objects say, also one that is read for it', () => {
    const facts = { additional: [{ element: '(0019,xx0C,MAKER)' }] };
    expect(problemsOf({ facts, completion: { expectedCountFrom: '(0019,xx0C,MAKER)' } })).toEqual([]);
    expect(problemsOf({ completion: { expectedCountFrom: 'ImagesInAcquisition' } })).toEqual([]);
  });

  it('refuses one that no object says', () => {
    expect(problemsOf({ completion: { expectedCountFrom: 'Nope' } })).toMatchObject([
      { severity: 'error', path: 'completion.expectedCountFrom' },
    ]);
  });

  it('refuses one that says who the patient is: receivers never read it as a number', () => {
    const applicationEntities = [{ aeTitle: 'MR', completion: { expectedCountFrom: 'PatientID' } }];
    expect(problemsOf({ applicationEntities })).toEqual([
      {
        severity: 'error',
        path: 'applicationEntities.MR.completion.expectedCountFrom',
        problem: 'PatientID says who the patient is, and is never read as a number',
      },
    ]);
  });
});
