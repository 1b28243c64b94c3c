import { ConfigurationDocument } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffDocuments } from './diff-documents.js';

const pacs = { name: 'pacs', kind: 'dicom', host: '10.0.0.9', port: 104, calledAeTitle: 'PACS' };
const folder = { name: 'pacs', kind: 'folder', path: '/srv/pacs' };
const rule = (name: string, more: object = {}) => ({
  name,
  condition: 'True',
  action: 'route',
  targets: ['pacs'],
  ...more,
});
const document = (parts: object) => ConfigurationDocument.parse({ targets: [pacs], ...parts });
const told = (before: object, after: object): readonly string[] =>
  diffDocuments(document(before), document(after)).map(({ path, kind }) => `${path} ${kind}`);

describe('diffDocuments', () => {
  it('finds nothing between a document and its copy', () => {
    expect(diffDocuments(document({ rules: [rule('CT')] }), document({ rules: [rule('CT')] }))).toEqual([]);
  });

  it('tells what was added, removed and changed, by names', () => {
    const before = { rules: [rule('CT'), rule('MR')] };
    const after = { rules: [rule('US'), rule('CT', { condition: 'False', comment: 'for now' })] };
    expect(told(before, after)).toEqual([
      'rules.CT.condition changed',
      'rules.CT.comment added',
      'rules.MR removed',
      'rules.US added',
    ]);
  });

  it('has the values on both sides', () => {
    expect(diffDocuments(document({}), document({ completion: { quietPeriodSeconds: 5 } }))).toEqual([
      { path: 'completion.quietPeriodSeconds', kind: 'changed', before: 60, after: 5 },
    ]);
  });

  it('does not take what moved for what changed', () => {
    expect(told({ rules: [rule('CT'), rule('MR')] }, { rules: [rule('MR'), rule('CT')] })).toEqual(['rules changed']);
    expect(told({ rules: [rule('CT')] }, { rules: [rule('MR'), rule('CT')] })).toEqual(['rules.MR added']);
  });

  it('tells a list without names as a whole', () => {
    expect(told({ rules: [rule('CT')] }, { rules: [rule('CT', { targets: ['pacs', 'pacs'] })] })).toEqual([
      'rules.CT.targets changed',
    ]);
  });

  it('tells a target of another kind as a whole', () => {
    expect(told({ targets: [pacs] }, { targets: [folder] })).toEqual(['targets.pacs changed']);
  });

  it('knows AE titles by what they say, and facts by their element', () => {
    expect(
      told(
        { senders: [{ aeTitle: 'CT1' }], facts: { additional: [{ element: '0018,90aa' }] } },
        { senders: [{ aeTitle: 'CT1 ' }], facts: { additional: [{ element: '0018,90AA', comment: 'x' }] } },
      ),
    ).toEqual([
      'facts.additional.0018,90AA.element changed',
      'facts.additional.0018,90AA.comment added',
      'senders.CT1.aeTitle changed',
    ]);
  });

  it('finds something wherever documents differ, and what it finds is there', () => {
    const anyRule = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      condition: fc.constantFrom('True', 'False'),
      priority: fc.constantFrom('normal', 'urgent'),
    });
    const anyDocument = fc
      .uniqueArray(anyRule, { selector: ({ name }) => name })
      .map((rules) => document({ rules: rules.map(({ name, ...more }) => rule(name, more)) }));
    fc.assert(
      fc.property(anyDocument, anyDocument, (before, after) => {
        const changes = diffDocuments(before, after);
        expect(changes.length === 0).toBe(JSON.stringify(before) === JSON.stringify(after));
        expect(diffDocuments(after, before)).toHaveLength(changes.length);
      }),
    );
  });
});
