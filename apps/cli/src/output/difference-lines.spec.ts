import type { DecisionEffects, DifferentDecision } from '@waystation/answers';
import { describe, expect, it } from 'vitest';
import { differenceLines } from './difference-lines.js';

const nothing: DecisionEffects = { outcome: 'unmatched', targets: [], processing: [], studies: [], notifications: [] };
const difference = (
  was: Partial<DecisionEffects>,
  would: Partial<DecisionEffects>,
  rules: DifferentDecision['rules'] = [],
): DifferentDecision => ({
  position: 1234,
  recordedtime: '2026-01-31T12:00:00.000Z',
  seriesInstanceUid: '1.2.3',
  studyInstanceUid: '1.2',
  revision: 2,
  configuration: 7,
  was: { ...nothing, ...was },
  would: { ...nothing, ...would },
  rules,
});

describe('differenceLines', () => {
  it('say which decision it is, what would go where, and why', () => {
    const lines = differenceLines(
      difference({ outcome: 'routed', targets: [{ target: 'pacs' }] }, { outcome: 'unmatched' }, [
        {
          rule: 'CT',
          was: { verdict: 'matched', because: "@Modality@ is 'CT'" },
          would: { verdict: 'not-matched', because: "@Modality@ is 'CT', not 'MR'" },
        },
        { rule: 'gone', was: { verdict: 'matched', because: 'True' } },
      ]),
    );
    expect(lines).toEqual([
      '1234  2026-01-31T12:00:00.000Z  series 1.2.3, revision 2, decided by configuration 7',
      '  routed → unmatched',
      '  - pacs',
      "  CT: matched → not-matched: @Modality@ is 'CT', not 'MR'",
      '  gone: matched → there is no such rule: True',
    ]);
  });

  it('say what is different of what goes to the same place', () => {
    const was: Partial<DecisionEffects> = {
      outcome: 'routed',
      targets: [{ target: 'a' }, { target: 'b', sopInstanceUids: ['1', '2'] }],
    };
    const would: Partial<DecisionEffects> = {
      outcome: 'routed',
      targets: [
        { target: 'a', priority: 'urgent', whole: true },
        { target: 'b', sopInstanceUids: ['1'] },
      ],
      notifications: ['mail: error'],
      studies: [{ rule: 'whole', targets: ['pacs'], priority: 'normal', ordered: false }],
    };
    expect(
      differenceLines(
        difference(was, would, [{ rule: 'CT', would: { verdict: 'matched', because: 'True' }, changed: ['late'] }]),
      ),
    ).toEqual([
      expect.any(String),
      '  a: all that is new → urgent, all of the series',
      '  b: 2 objects → 1 object',
      '  + study for whole → pacs',
      '  + tells mail: error',
      '  CT: matched, with other late: True',
    ]);
  });

  it('show nothing raw that a terminal would act on', () => {
    const rules = [{ rule: 'CT', would: { verdict: 'matched', because: '\u001b[2J' } }] as const;
    expect(differenceLines(difference({}, {}, rules)).join('')).not.toContain('\u001b');
  });
});
