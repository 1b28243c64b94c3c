import { ConfigurationDocument } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';
import { exampleStudy, given } from '@waystation/testing';
import { describe, it } from 'vitest';
import type { AskStudy, CompleteStudy, DiscardStudy } from './study-command.js';
import { studyDecider } from './study-decider.js';
import type { StudyEvent } from './study-event.js';

const { series, matched, completed, forceCompleted, opened, configuration } = exampleStudy;
const rule = (study: object, changes: object = {}) => ({
  name: 'Whole study',
  condition: 'True',
  trigger: 'study',
  action: 'route',
  targets: ['pacs'],
  study,
  ...changes,
});
const inForce = (...rules: readonly object[]) => ({
  configuration,
  document: ConfigurationDocument.parse({ rules }),
  pending: [] as readonly string[],
});
/** `seconds` after the first match of {@link two}, or of what begins as it does. */
const at = (seconds: number): string => instantAfter('2026-01-01T00:00:01.000Z', seconds * 1000);
const ask = (seconds: number, study: object, changes: Partial<AskStudy> = {}): AskStudy => ({
  kind: 'ask-study',
  rule: 'Whole study',
  now: at(seconds),
  ...inForce(rule(study)),
  ...changes,
});
/** The second series matches a second after the first. */
const two: readonly StudyEvent[] = [opened(), matched(1), matched(2)];
const both = [series(1), series(2)];

describe('a study with a quiet period', () => {
  const quiet = { quietPeriodSeconds: 10 };

  it('is complete once nothing matched for that long', () => {
    given(studyDecider, two).when(ask(10.999, quiet)).then([]);
    given(studyDecider, two)
      .when(ask(11, quiet))
      .then([completed(1, both)])
      .when(ask(100, quiet))
      .then([]);
  });

  it('is held open by a series that still comes', () => {
    given(studyDecider, two)
      .when(ask(1000, quiet, { pending: [series(3).seriesInstanceUid] }))
      .then([]);
  });

  it('waits a quarter of an hour where the rule says nothing', () => {
    given(studyDecider, two).when(ask(900.9, {})).then([]);
    given(studyDecider, two)
      .when(ask(901, {}))
      .then([completed(1, both)]);
    const silent = inForce(rule({}, { study: undefined }));
    given(studyDecider, two)
      .when(ask(901, {}, silent))
      .then([completed(1, both)]);
  });

  it('is complete again, with what came late and nothing else', () => {
    const late = series(1, { revision: 2 });
    given(studyDecider, [...two, completed(1, both), matched(1, { revision: 2 })])
      .when(ask(100, quiet))
      .then([completed(2, [late])]);
  });

  it('waits for each rule on its own', () => {
    given(studyDecider, [...two, matched(1, {}, 'Other')])
      .when(ask(11, quiet))
      .then([completed(1, both)])
      .when(ask(11, quiet, { rule: 'Other' }))
      .then([]);
  });
});

describe('a study of which series are listed', () => {
  const listed = { series: "'t1' and ('t2' or 't9')" };

  it('is complete as soon as they are there, whatever else comes', () => {
    given(studyDecider, [opened(), matched(1)])
      .when(ask(5000, listed))
      .then([]);
    const pending = [series(3).seriesInstanceUid];
    given(studyDecider, two)
      .when(ask(1, listed, { pending }))
      .then([completed(1, both, { trigger: 'listed-series', pending })]);
  });

  it('sends on at once what comes late', () => {
    given(studyDecider, [...two, completed(1, both), matched(3)])
      .when(ask(4, listed))
      .then([completed(2, [series(3)], { trigger: 'listed-series' })]);
  });

  it('does not count what was set aside', () => {
    given(studyDecider, [opened(), matched(1), forceCompleted('discard', [series(1)]), matched(2)])
      .when(ask(5000, listed))
      .then([]);
  });
});

describe('a study that is not complete in time', () => {
  const limit = (force: string) => ({ series: "'t9'", forceAfterSeconds: 60, force });
  const missing = ['t9'];
  const pending = [series(3).seriesInstanceUid];

  it('waits until the limit', () => {
    given(studyDecider, two)
      .when(ask(59.999, limit('proceed')))
      .then([]);
  });

  it('goes on as it is', () => {
    given(studyDecider, two)
      .when(ask(60, limit('proceed'), { pending }))
      .then([
        forceCompleted('proceed', both, { missing, pending }),
        completed(1, both, { trigger: 'forced', missing, pending }),
      ]);
  });

  it('goes nowhere, and what comes then is counted anew', () => {
    given(studyDecider, two)
      .when(ask(60, limit('discard')))
      .then([forceCompleted('discard', both, { missing })])
      .thenDue(undefined);
    given(studyDecider, [...two, forceCompleted('discard', both), matched(3)])
      .when(ask(60, limit('discard')))
      .then([])
      .when(ask(63, limit('discard')))
      .then([forceCompleted('discard', [series(3)], { missing })]);
  });

  it('waits on without a limit', () => {
    given(studyDecider, two)
      .when(ask(60, limit('ignore')))
      .then([forceCompleted('ignore', both, { missing })])
      .when(ask(6000, limit('ignore')))
      .then([]);
    given(studyDecider, [...two, forceCompleted('ignore', both), matched(9)])
      .when(ask(6000, limit('ignore')))
      .then([completed(1, [...both, series(9)], { trigger: 'listed-series' })]);
  });

  it('is quiet in time where it is both', () => {
    given(studyDecider, two)
      .when(ask(60, { quietPeriodSeconds: 1, forceAfterSeconds: 60, force: 'discard' }))
      .then([completed(1, both)]);
  });

  it('goes on although objects still come', () => {
    const settings = { quietPeriodSeconds: 10, forceAfterSeconds: 60 };
    given(studyDecider, two)
      .when(ask(60, settings, { pending }))
      .then([forceCompleted('proceed', both, { pending }), completed(1, both, { trigger: 'forced', pending })]);
  });
});

describe('a rule that does not wait any more', () => {
  it.each([
    ['is gone', inForce()],
    ['is disabled', inForce(rule({}, { disabled: true }))],
    ['waits for series now', inForce(rule({}, { trigger: 'series', study: undefined }))],
  ])('keeps what it has collected where it %s', (_what, others) => {
    given(studyDecider, two)
      .when(ask(1_000_000, {}, others))
      .then([]);
  });

  it('counts as it stands in the configuration of now', () => {
    given(studyDecider, two)
      .when(ask(11, { quietPeriodSeconds: 1000 }))
      .then([])
      .when(ask(11, { quietPeriodSeconds: 10 }))
      .then([completed(1, both)]);
  });
});

describe('an operator', () => {
  const complete = (changes: Partial<CompleteStudy> = {}): CompleteStudy => ({
    kind: 'complete-study',
    reason: 'reading now',
    ...inForce(rule({ series: "'t9'" }), rule({}, { name: 'Other' })),
    ...changes,
  });
  const discard = (changes: Partial<DiscardStudy> = {}): DiscardStudy => ({
    ...complete(),
    kind: 'discard-study',
    ...changes,
  });
  const by = { trigger: 'manual', reason: 'reading now' } as const;

  it('completes the study for every rule that waits', () => {
    given(studyDecider, [...two, matched(1, {}, 'Other')])
      .when(complete())
      .then([completed(1, both, { ...by, missing: ['t9'] }), completed(1, [series(1)], { ...by, rule: 'Other' })]);
  });

  it('completes it for one rule', () => {
    given(studyDecider, [...two, matched(1, {}, 'Other')])
      .when(complete({ rule: 'Other' }))
      .then([completed(1, [series(1)], { ...by, rule: 'Other' })]);
  });

  it('discards what waits, and may have it sent after all', () => {
    given(studyDecider, two)
      .when(discard())
      .then([forceCompleted('discard', both, { by: 'operator', reason: 'reading now', missing: ['t9'] })])
      .when(discard())
      .thenThrows('study.nothing-waits');
    given(studyDecider, [...two, forceCompleted('discard', both), matched(3)])
      .when(complete({ rule: 'Whole study' }))
      .then([completed(1, [...both, series(3)], { ...by, missing: ['t9'] })])
      .thenState((state) => {
        if (state.collections[0]?.discarded.length !== 0) throw new Error('it is still set aside');
      });
  });

  it('names a rule to follow where the one that waited is gone', () => {
    const others = inForce(rule({}, { name: 'Renamed' }));
    given(studyDecider, two).when(complete(others)).thenThrows('study.unknown-rule');
    given(studyDecider, two)
      .when(complete({ ...others, follow: 'Renamed' }))
      .then([completed(1, both, { ...by, follow: 'Renamed' })]);
    given(studyDecider, two)
      .when(discard(others))
      .then([forceCompleted('discard', both, { by: 'operator', reason: 'reading now' })]);
  });

  it.each([
    ['disabled', { disabled: true }],
    ['discards', { action: 'discard', targets: [] }],
  ])('cannot have a rule followed that is or does: %s', (_what, changes) => {
    given(studyDecider, two)
      .when(complete(inForce(rule({}, changes))))
      .thenThrows('study.unknown-rule');
  });

  it('is told where nothing waits', () => {
    given(studyDecider).when(complete()).thenThrows('study.unknown');
    given(studyDecider, [opened()]).when(complete()).thenThrows('study.nothing-waits');
    given(studyDecider, two)
      .when(complete({ rule: 'Nobody' }))
      .thenThrows('study.nothing-waits');
  });
});
