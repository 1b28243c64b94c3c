import { describe, expect, it } from 'vitest';
import { parseCondition } from '../condition.js';
import { evaluateCondition } from './evaluate-condition.js';

describe('all instances of a series', () => {
  const instances = [{ EchoTime: '30' }, { EchoTime: '90', PatientID: 'Q7' }, {}];
  const ask = (text: string, more: object = {}) =>
    evaluateCondition(parseCondition(text), { Modality: 'MR' }, { instances, ...more });

  it('are counted where a condition is about them', () => {
    expect(ask("any_instance(@EchoTime@ == '90') and not all_instances(int(@EchoTime@) > 0)")).toEqual({
      matched: true,
      because:
        "any_instance(@EchoTime@ == '90') is true (1 of 3 instances) and all_instances(int(@EchoTime@) > 0) is false (2 of 3 instances)",
      observations: [
        { expression: "any_instance(@EchoTime@ == '90')", value: 'True (1 of 3 instances)' },
        { expression: 'all_instances(int(@EchoTime@) > 0)', value: 'False (2 of 3 instances)' },
        { expression: 'not all_instances(int(@EchoTime@) > 0)', value: 'True' },
        {
          expression: "any_instance(@EchoTime@ == '90') and not all_instances(int(@EchoTime@) > 0)",
          value: 'True',
        },
      ],
    });
  });

  it('have their values shown, but for those that identify somebody', () => {
    expect(ask('len(series.values(@EchoTime@)) > 1').observations[0]).toEqual({
      expression: "series.values('EchoTime')",
      value: "{'30', '90'}",
    });
    const masked = { identityKeywords: new Set(['PatientID']) };
    expect(JSON.stringify(ask("sorted(series.values('PatientID'))[0]", masked))).not.toContain('Q7');
    expect(JSON.stringify(ask("sorted(series.values('PatientID'))[0]"))).toContain('Q7');
  });

  it('may each take a tenth of the steps, in whatever order they are', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ InstanceNumber: String(index) }));
    expect(ask("any_instance(@InstanceNumber@ == '4999')", { instances: many }).matched).toBe(true);
    expect(ask('any_instance(len(list(range(90_000))) > 1)', { instances: many.slice(0, 3) }).matched).toBe(false);
  });
});
