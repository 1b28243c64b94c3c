import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { checkConfiguration } from './check-configuration.js';

const knownTags = ['Modality', 'StudyDescription'];
const archive = { kind: 'dicom', name: 'archive', host: 'pacs', port: 104, calledAeTitle: 'ARCHIVE' };
const research = { kind: 'folder', name: 'research', path: '/srv/research' };
const ct = { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['archive'] };
const drop = { name: 'Drop', condition: "@Modality@ == 'SR'", action: 'discard' };
const page = { name: 'pager', kind: 'webhook', url: 'https://pager.example' };
const segment = { name: 'segment', kind: 'app' };
const told = (parts: object): readonly string[] =>
  checkConfiguration(ConfigurationDocument.parse({ targets: [archive, research], ...parts }), knownTags).map(
    ({ severity, path, problem }) => `${severity} ${path}: ${problem}`,
  );

describe('a rule', () => {
  it.each([
    [
      'that notifies and names targets',
      { action: 'notify', notifications: [{ channels: ['pager'] }] },
      'error rules.CT.targets: a rule that notifies has no targets; with the action route it does both',
    ],
    [
      'that notifies nobody',
      { action: 'notify', targets: [] },
      'error rules.CT.notifications: a rule that notifies needs to say whom, and of what',
    ],
    [
      'that tells a channel that does not exist',
      { notifications: [{ channels: ['pagr'] }] },
      "error rules.CT.notifications: there is no notification channel 'pagr': did you mean 'pager'?",
    ],
    [
      'that waits for a study, and is asked for each series',
      { study: {} },
      'error rules.CT.study: only a rule of the trigger study waits for a study',
    ],
    [
      'that orders series, and is asked for each of them',
      { ordered: true },
      'error rules.CT.ordered: only a rule of the trigger study knows the order of the series',
    ],
    [
      'that is forced before it can be due',
      { trigger: 'study', study: { quietPeriodSeconds: 60, forceAfterSeconds: 30 } },
      'warning rules.CT.study.forceAfterSeconds: the study is forced after 30 s, before it can have been quiet for 60 s',
    ],
    [
      'whose filter asks for a tag that nobody knows',
      { targets: [{ target: 'archive', instances: '@Modalty@' }] },
      'error rules.CT.targets.archive.instances: Modalty is not a known tag — did you mean Modality? (line 1, column 1)\n  @Modalty@\n  ^',
    ],
    [
      'that processes by nobody knows what',
      { action: 'process', targets: [] },
      'error rules.CT.processing: a rule with the action process needs to say by which modules',
    ],
    [
      'that names a module that does not exist',
      { action: 'both', processing: { steps: [{ module: 'segmnt' }] } },
      "error rules.CT.processing: there is no module 'segmnt': did you mean 'segment'?",
    ],
    [
      'that processes and sends nowhere',
      { action: 'both', targets: [], processing: { steps: [{ module: 'segment' }] } },
      'error rules.CT.targets: a rule that processes and routes needs a target, or a module that may say where to',
    ],
    [
      'that keeps what comes out and names targets',
      { action: 'process', processing: { steps: [{ module: 'segment' }] } },
      'error rules.CT.targets: a rule that processes keeps what comes out; with the action both it sends it as well',
    ],
    [
      'whose modules may name a target that does not exist',
      {
        action: 'both',
        targets: [],
        processing: { steps: [{ module: 'segment' }], dynamicRouting: { targets: ['pigeon'] } },
      },
      "error rules.CT.processing.dynamicRouting: there is no target 'pigeon'; known: archive, research",
    ],
    [
      'whose modules may choose an alternate target that does not exist',
      {
        action: 'both',
        processing: { steps: [{ module: 'segment' }], dynamicRouting: { alternateTarget: 'pigeon' } },
      },
      "error rules.CT.processing.dynamicRouting: there is no target 'pigeon'; known: archive, research",
    ],
    [
      'that asks each object that a module makes',
      {
        action: 'both',
        targets: [{ target: 'archive', instances: "@Modality@ == 'CT'" }],
        processing: { steps: [{ module: 'segment' }] },
      },
      'error rules.CT.targets: what a module makes goes to its targets as a whole: no object is asked',
    ],
    [
      'that routes and has something processed',
      { processing: { steps: [{ module: 'segment' }] } },
      'error rules.CT.processing: only a rule with the action process or both has anything processed',
    ],
    [
      'that refers to one that there is not',
      { condition: 'rule("CTT")' },
      `error rules.CT.condition: there is no rule called 'CTT' — did you mean 'CT'? (line 1, column 1)\n  rule("CTT")\n  ^`,
    ],
    [
      'that refers to itself',
      { condition: 'not rule("CT")' },
      'error rules.CT.condition: rules refer to each other in a circle: CT → CT (line 1, column 5)\n  not rule("CT")\n      ^',
    ],
    [
      'whose filter asks for the series',
      { targets: [{ target: 'archive', instances: 'rule("CT")' }] },
      'error rules.CT.targets.archive.instances: a condition on instances looks at their own tags only, not at the series (line 1, column 1)\n  rule("CT")\n  ^',
    ],
    [
      'that lists series as nobody can read it',
      { trigger: 'study', study: { series: "'t1', 't2'" } },
      "error rules.CT.study.series: a comma says neither and nor or (line 1, column 5)\n  't1', 't2'\n      ^",
    ],
    [
      'that names a target twice, once for everything',
      { targets: ['archive', { target: 'archive', instances: "@Modality@ == 'CT'" }] },
      "warning rules.CT.targets: 'archive' is named several times, once without a filter: it gets everything",
    ],
  ])('%s is found', (_what, more, problem) => {
    expect(told({ rules: [{ ...ct, ...more }], notificationChannels: [page], modules: [segment] })).toEqual([problem]);
  });

  it('may send some objects here and others there, to one target by several filters', () => {
    const filters = ['CT', 'SR'].map((modality) => ({ target: 'archive', instances: `@Modality@ == '${modality}'` }));
    expect(told({ rules: [{ ...ct, targets: filters }] })).toEqual([]);
  });

  it('may be asked only where a title was called that is listed', () => {
    const rules = [{ ...ct, calledAeTitles: ['RESAERCH '] }];
    const applicationEntities = [{ aeTitle: 'RESEARCH' }];
    expect(told({ rules })).toEqual([]);
    const sentence = "rules.CT.calledAeTitles: there is no AE title of ours 'RESAERCH': did you mean 'RESEARCH'?";
    expect(told({ rules, applicationEntities })).toEqual([`error ${sentence}`]);
    expect(told({ rules, applicationEntities, unknownCalledAeTitle: 'accept' })).toEqual([`warning ${sentence}`]);
    expect(told({ rules: [{ ...ct, calledAeTitles: ['RESEARCH '] }], applicationEntities })).toEqual([]);
  });

  it('that stands behind one that always matches is never asked', () => {
    const all = { ...ct, name: 'All', condition: '(True)' };
    const rest = { ...drop, fallback: true };
    expect(told({ rules: [rest, all] })).toEqual([
      "warning rules.Drop: it is never asked: 'All' always matches, and this is a fallback",
    ]);
    expect(told({ rules: [rest, { ...all, disabled: true }] })).toEqual([]);
    expect(told({ rules: [rest, { ...all, calledAeTitles: ['CT'] }] })).toEqual([]);
    expect(
      told({
        rules: [
          { ...rest, calledAeTitles: ['CT'] },
          { ...all, calledAeTitles: ['CT '] },
        ],
      }),
    ).toHaveLength(1);
  });
});

describe('a module', () => {
  it('that is a container may not be called as an app is, which would take its jobs', () => {
    const container = { name: 'segment', kind: 'container', image: 'segment:1' };
    expect(told({ modules: [container, { name: 'strict', kind: 'app', app: 'segment' }] })).toEqual([
      "error modules.segment: an app is called 'segment' too, and would take the jobs of this container",
    ]);
    expect(told({ modules: [container, { name: 'strict', kind: 'app' }] })).toEqual([]);
  });
});
