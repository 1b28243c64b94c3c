import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { NeededFacts } from './needed-facts.js';

const asking = (...rules: readonly (string | { readonly condition: string; readonly disabled: boolean })[]) =>
  new NeededFacts(
    ConfigurationDocument.parse({
      rules: rules.map((rule, at) => ({
        ...(typeof rule === 'string' ? { condition: rule } : rule),
        name: `rule ${at}`,
        action: 'discard',
      })),
    }),
  );
const read = ['Modality', 'ProcedureCodeSequence[0].CodeValue', '(0019,xx0C,SIEMENS MR HEADER)'];

describe('What rules need to know', () => {
  it('is all there where everything they ask for was read, whatever its case and item', () => {
    const needed = asking(
      "tags.modality == 'CT' and @ProcedureCodeSequence[3].CodeValue@ == 'X'",
      "'ProcedureCodeSequence' in tags",
      "tags['(0019,xx0c,SIEMENS MR HEADER)'] == '1'",
    );
    expect(needed.beyond(read)).toEqual([]);
  });

  it('lacks what nobody read then', () => {
    expect(asking("@Modality@ == 'CT' and @0018,9073@ == '5'", "'0018,9073' in tags").beyond(read)).toEqual([
      '0018,9073',
    ]);
  });

  it('is nothing for rules that are disabled', () => {
    expect(asking({ condition: "@0018,9073@ == '5'", disabled: true }).beyond(read)).toEqual([]);
  });

  it('may be anything where a rule makes up the name', () => {
    expect(asking("@Modality@ + 'x' in tags").mayAskBeyond(read)).toBe(true);
    expect(asking("@Modality@ == 'CT'").mayAskBeyond(read)).toBe(false);
    expect(asking("@PatientName@ == 'Doe'").mayAskBeyond(read)).toBe(true);
  });
});
