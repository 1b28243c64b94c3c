import { checkConfiguration, knownTagsOf } from '@waystation/domain';
import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { hospital, mercureDefaults, secretMark } from '../test/hospital.js';
import { importMercure } from './import-mercure.js';

const options = {
  timeZone: 'Europe/Zurich',
  elementOf: (keyword: string) => (keyword === 'EchoTrainLength' ? '0018,0091' : undefined),
};
const imported = (mercure: object) => importMercure(JSON.stringify(mercure), options);

const steps = (...all: readonly { readonly module: string; readonly settings: object }[]) => ({
  steps: all,
  originals: false,
  onFailure: 'nothing',
});

describe('a configuration of mercure that nobody changed', () => {
  const { document, items } = imported(mercureDefaults);

  it('becomes one that does nothing, at the same times', () => {
    expect(document).toEqual(
      ConfigurationDocument.parse({ schedule: { offPeak: { from: '22:00', to: '06:00', timeZone: 'Europe/Zurich' } } }),
    );
  });

  it('is told of value by value', () => {
    const outcomes = new Map(items.map(({ path, outcome }) => [path, outcome]));
    expect(outcomes.get('series_complete_trigger')).toBe('taken');
    expect(outcomes.get('retention')).toBe('not-taken');
    expect(outcomes.get('dicom_receiver.additional_tags')).toBe('taken');
    expect(items.map(({ path }) => path.split('.')[0])).toEqual(
      expect.arrayContaining(Object.keys(mercureDefaults)) as string[],
    );
    expect(items.filter(({ reason }) => reason.includes('not know'))).toEqual([]);
  });
});

describe('a configuration of mercure with everything in it', () => {
  const { document, items } = imported(hospital);
  const at = (path: string) => items.find((item) => item.path === path);

  it('becomes one that would be published', () => {
    expect(ConfigurationDocument.parse(document)).toEqual(document);
    const problems = checkConfiguration(document, knownTagsOf(document));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('has the targets that there can be, under names that there can be', () => {
    expect(document.targets.map(({ name, kind }) => [name, kind])).toEqual([
      ['PACS Zuerich', 'dicom'],
      ['teaching', 'dicom'],
      ['research', 'folder'],
      ['workstation', 'dicom'],
    ]);
    expect(at('targets.PACS Zürich')).toMatchObject({
      outcome: 'changed',
      reason: expect.stringContaining("'PACS Zuerich'") as string,
    });
    expect(at('targets.archive.url')).toMatchObject({
      outcome: 'not-taken',
      reason: expect.stringContaining('STOW-RS') as string,
    });
  });

  it('has the rules that there can be, in their order', () => {
    expect(document.rules.map(({ name, action, trigger, disabled }) => [name, action, trigger, disabled])).toEqual([
      ['CT Koepfe -alle', 'route', 'series', false],
      ['MR echoes', 'route', 'series', false],
      ['trial HEAD', 'route', 'study', false],
      ['whole CT studies', 'route', 'study', false],
      ['no localizers', 'discard', 'series', false],
      ['tell physics', 'notify', 'series', false],
      ['anonymize', 'process', 'series', false],
      ['compress', 'both', 'series', false],
      ['anonymize for research', 'both', 'series', true],
      ['first rest', 'route', 'series', true],
      ['rest', 'route', 'series', false],
      ['rest of old', 'route', 'series', true],
    ]);
  });

  it('says of what is not there why', () => {
    expect(at('rules.assigns.rule')?.reason).toBe(
      "= does not compare — use == to compare (line 1, column 15)\n  tags.Modality = 'MR'\n                ^",
    );
    expect(at('rules.percent.rule')?.outcome).toBe('not-taken');
    expect(at('rules.lower.rule')?.reason).toContain('use == to compare');
    expect(at('rules.nowhere.rule')?.reason).toContain('no target that was taken over');
    expect(at('own_invention.deep[1].er')).toEqual({
      path: 'own_invention.deep[1].er',
      outcome: 'not-taken',
      reason: 'the import does not know it',
    });
  });

  it('follows the last fallback rule wherever nothing else matched, as mercure does', () => {
    expect(document.rules.filter(({ fallback, disabled }) => fallback && !disabled)).toMatchObject([{ name: 'rest' }]);
    expect(at('rules.first rest.fallback')?.reason).toContain('mercure follows only the last');
    expect(at('rules.rest.fallback')?.reason).toContain("what only 'nowhere' matched");
  });

  it('lets the fallback rule send nothing that mercure processes', () => {
    expect(document.rules.find(({ name }) => name === 'rest')?.condition).toBe(
      ["@StudyDescription@ == 'TRIAL'", "@BodyPartExamined@ == 'CHEST'", "@Modality@ == 'OT'"]
        .map((condition) => `not (${condition})`)
        .join(' and '),
    );
    expect(at('rules.rest.rule')?.reason).toContain(
      "what 'anonymize for research', 'measure nodules', 'uses what there is not' would process is not sent as it is",
    );
  });

  it('has what mercure processes processed, and nothing sent that is not', () => {
    const processed = document.rules.filter(({ action }) => action === 'process' || action === 'both');
    expect(processed.map(({ name, targets, processing }) => [name, targets, processing])).toEqual([
      ['anonymize', [], { ...steps({ module: 'anonymizer', settings: { strict: true } }) }],
      [
        'compress',
        ['research'],
        {
          ...steps(
            { module: 'Kompressor -neu', settings: { quality: 80 } },
            { module: 'anonymizer', settings: { profile: { dates: 'kept' } } },
          ),
          originals: true,
          dynamicRouting: { targets: ['PACS Zuerich'], alternateTarget: 'teaching' },
        },
      ],
      [
        'anonymize for research',
        ['research'],
        { ...steps({ module: 'anonymizer', settings: { api: {}, strict: true } }) },
      ],
    ]);
    expect(at('rules.anonymize for research')?.reason).toContain('the rule is disabled until its modules');
    expect(at('rules.anonymize for research.processing_settings.api.token')?.outcome).toBe('not-taken');
    expect(at('rules.measure nodules.processing_module')?.reason).toContain("the module 'nodules' was not taken over");
    expect(at('rules.uses what there is not.action')?.reason).toContain("the module 'lost' was not taken over");
    expect(at('rules.anonymize.priority')?.reason).toContain('its modules wait for those hours');
  });

  it('tells on request of a module where mercure does', () => {
    expect(document.rules.find(({ name }) => name === 'anonymize')?.notifications).toEqual([
      { channels: ['e-mail physics'], on: ['error', 'requested'] },
    ]);
  });

  it('has the modules that there can be, with what they may do and no more', () => {
    expect(document.modules).toMatchObject([
      {
        ...{ kind: 'container', name: 'anonymizer', image: 'a/b:1', settings: { x: 1 }, root: false, network: false },
        environment: { MODE: 'fast', THREADS: '4' },
        secrets: { KEY: { environment: 'KEY' } },
        binds: [{ source: '/opt/mercure/processor_volumes/models', target: '/models', readOnly: true }],
        ...{ memoryMegabytes: 6144, cpus: 4, gpus: 'all', command: ['run', '--mode', 'very fast'] },
        comment: 'as in 2024; contact: physics@hospital.example',
        retry: { attempts: 1 },
      },
      { name: 'Kompressor -neu', environment: {}, root: true, network: true, persistence: true, memoryMegabytes: 4096 },
    ]);
    expect(document.modules).toHaveLength(2);
    expect(at('modules.anonymizer.docker_arguments.privileged')?.outcome).toBe('not-taken');
    expect(at('modules.anonymizer.docker_arguments.cap_drop[0]')?.outcome).toBe('taken');
    expect(at('modules.anonymizer.environment.KEY')?.reason).toContain('set KEY to its value');
    expect(at('modules.anonymizer.environment.MERCURE_IN_DIR')?.outcome).toBe('not-taken');
    expect(at('modules.anonymizer.additional_volumes.cache.bind')?.outcome).toBe('not-taken');
    expect(at('modules.anonymizer.additional_volumes./opt/mercure/processor_volumes/models.mode')?.reason).toContain(
      'the setting containers.binds has to allow',
    );
    expect(at('modules.Kompressor (neu).environment')?.reason).toContain('it is no JSON object');
    expect(at('modules.Kompressor (neu).requires_root')?.reason).toContain('mercure itself refuses');
    expect(at('modules.Kompressor (neu).resources')?.reason).toContain('only Nomad');
    expect(at('modules.Kompressor (neu).own_key')?.reason).toContain('does not know it');
    expect(at('modules.nodules.docker_tag')?.reason).toContain('to be started by another program');
    expect(at('modules.empty.docker_tag')?.reason).toContain('names no image');
  });

  it('has secrets nowhere, and says where to put what is needed', () => {
    expect(JSON.stringify({ document, items })).not.toContain(secretMark);
    expect(at('rules.CT Köpfe (alle).notification_webhook')?.reason).toContain('set CHAT_HOSPITAL_EXAMPLE_TOKEN');
    expect(document.notificationChannels).toMatchObject([
      {
        name: 'webhook chat.hospital.example',
        url: 'https://chat.hospital.example/hooks/radiology',
        bearerToken: { environment: 'CHAT_HOSPITAL_EXAMPLE_TOKEN' },
        identity: true,
      },
      {
        name: 'e-mail physics',
        from: 'mercure@hospital.example',
        to: ['physics@hospital.example', 'it@hospital.example'],
      },
    ]);
  });

  it('reads what rules ask for beside the routing header, and asks for it under its name here', () => {
    expect(document.facts.additional).toEqual([
      { element: '0018,0091', comment: 'EchoTrainLength' },
      { element: '0018,9073' },
    ]);
    expect(document.rules.find(({ name }) => name === 'MR echoes')).toMatchObject({
      condition: 'tags.modality == \'MR\' and int(tags["0018,0091"]) > 1',
      priority: 'off-peak',
    });
    expect(at('dicom_receiver.additional_tags.NoSuchTag')?.outcome).toBe('not-taken');
  });

  it('waits for studies as mercure does', () => {
    expect(document.rules.find(({ name }) => name === 'trial HEAD')?.study).toEqual({
      quietPeriodSeconds: 900,
      series: "'t1' and ('flair' or 't2')",
      forceAfterSeconds: 5400,
      force: 'proceed',
    });
    expect(document.rules.find(({ name }) => name === 'whole CT studies')?.study).toEqual({
      quietPeriodSeconds: 900,
      forceAfterSeconds: 5400,
      force: 'discard',
    });
  });

  it('tries targets as often as mercure does, and keeps its hours', () => {
    expect(document.targets[0]?.retry).toEqual({
      attempts: 3,
      firstDelaySeconds: 300,
      factor: 1,
      longestDelaySeconds: 300,
    });
    expect(document.schedule.offPeak).toMatchObject({ from: '20:30', to: '05:00', timeZone: 'Europe/Zurich' });
    expect(document.completion).toEqual({ quietPeriodSeconds: 30 });
  });
});

describe('what is no configuration of mercure', () => {
  it.each([
    ['nothing', '', 'mercure-import.not-json', 'this is no JSON: '],
    ['half a file', '{"rules": {"a": {"rule": "True"', 'mercure-import.not-json', 'this is no JSON: '],
    ['a list', '[]', 'mercure-import.not-json', 'a configuration of mercure is a JSON object, this is a list'],
    ['a number', '7', 'mercure-import.not-json', 'a configuration of mercure is a JSON object, this is 7'],
    ['a word of Python', '{"rules": None}', 'mercure-import.not-json', 'this is no JSON: '],
    [
      'another file of mercure',
      '{"admin": {"password": "x", "is_admin": "True"}}',
      'mercure-import.not-mercure',
      'it has none of targets, rules, modules, appliance_name, series_complete_trigger, incoming_folder; it has admin',
    ],
    ['an empty object', '{}', 'mercure-import.not-mercure', 'it has nothing'],
  ])('is refused: %s', (_what, text, code, sentence) => {
    expect(() => importMercure(text, options)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(sentence) as string }) as Error,
    );
  });
});
