import { Rule } from '@waystation/events';
import { expect, it } from 'vitest';
import { askedNames } from './asked-names.js';

const rule = (condition: string, targets: Rule['targets'] = []): Rule =>
  Rule.parse({ name: 'rule', condition, action: 'route', targets });

it('names what conditions read, each once, and what they look for', () => {
  const rules = [
    rule("@Modality@ == 'CT' and tags.StudyDescription.lower() in ['a', @SeriesDescription@]"),
    rule(`"ProcedureCodeSequence" in tags or @Modality@ == 'MR'`),
  ];
  const names = ['Modality', 'StudyDescription', 'SeriesDescription', 'ProcedureCodeSequence'];
  expect(askedNames(rules)).toEqual({ names, others: false });
});

it('names what each object is asked before it goes to a target', () => {
  const rules = [rule('True', ['pacs', { target: 'research', instances: "@ImageType@ != ''" }])];
  expect(askedNames(rules).names).toEqual(['ImageType']);
});

it('says where a name is made up', () => {
  expect(askedNames([rule("@Modality@ + 'x' in tags")])).toEqual({ names: ['Modality'], others: true });
});

it('passes over what cannot be read', () => {
  expect(askedNames([rule("@Modality@ = 'CT'"), rule('@PatientID@ == 1')]).names).toEqual(['PatientID']);
});
