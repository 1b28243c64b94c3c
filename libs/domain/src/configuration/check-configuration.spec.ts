import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { checkConfiguration } from './check-configuration.js';

const knownTags = ['Modality', 'StudyDescription'];
const archive = { kind: 'dicom', name: 'archive', host: 'pacs', port: 104, calledAeTitle: 'ARCHIVE' };
const research = { kind: 'folder', name: 'research', path: '/srv/research' };
const ct = { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['archive'] };
const drop = { name: 'Drop', condition: "@Modality@ == 'SR'", action: 'discard' };

const problemsOf = (rules: readonly object[], targets: readonly object[] = [archive, research]) =>
  checkConfiguration(ConfigurationDocument.parse({ rules, targets }), knownTags);

describe('checkConfiguration', () => {
  it('finds nothing wrong with an empty configuration', () => {
    expect(problemsOf([], [])).toEqual([]);
  });

  it('finds nothing wrong with rules that can be followed', () => {
    expect(problemsOf([ct, drop])).toEqual([]);
  });

  it('names the target that does not exist, and those that do', () => {
    expect(problemsOf([{ ...ct, targets: ['archive', 'archvie'] }])).toEqual([
      { severity: 'error', path: 'rules.CT.targets', problem: "there is no target 'archvie': did you mean 'archive'?" },
    ]);
    expect(problemsOf([{ ...ct, targets: ['pigeon'] }])).toMatchObject([
      { problem: "there is no target 'pigeon'; known: archive, research" },
    ]);
    expect(problemsOf([{ ...ct, targets: [{ target: 'reserch', instances: 'True' }] }])).toMatchObject([
      { path: 'rules.CT.targets', problem: "there is no target 'reserch': did you mean 'research'?" },
    ]);
    expect(problemsOf([ct], [])).toEqual([
      { severity: 'error', path: 'rules.CT.targets', problem: "there is no target 'archive'; known: none" },
    ]);
  });

  it('refuses a rule that routes nowhere', () => {
    expect(problemsOf([{ ...ct, targets: [] }])).toEqual([
      { severity: 'error', path: 'rules.CT.targets', problem: 'a rule that routes needs at least one target' },
    ]);
  });

  it('refuses a rule that discards and still names targets', () => {
    expect(problemsOf([{ ...drop, targets: ['archive'] }])).toEqual([
      { severity: 'error', path: 'rules.Drop.targets', problem: 'a rule that discards has no targets' },
    ]);
  });

  it('refuses two rules or two targets of one name', () => {
    expect(problemsOf([ct, drop, ct])).toEqual([
      { severity: 'error', path: 'rules.CT', problem: "there are several rules called 'CT'" },
    ]);
    expect(problemsOf([ct], [archive, { ...research, name: 'archive' }])).toEqual([
      { severity: 'error', path: 'targets.archive', problem: "there are several targets called 'archive'" },
    ]);
  });

  it('refuses two subscriptions of one name', () => {
    const one = { name: 'ris', url: 'https://ris.example/events' };
    const document = ConfigurationDocument.parse({
      subscriptions: [one, { ...one, url: 'https://ris.example/others' }],
    });
    expect(checkConfiguration(document, knownTags)).toEqual([
      { severity: 'error', path: 'subscriptions.ris', problem: "there are several subscriptions called 'ris'" },
    ]);
  });

  it('refuses two senders of one AE title: either could be meant', () => {
    const document = ConfigurationDocument.parse({ senders: ['CT1', 'CT2', 'CT1 '].map((aeTitle) => ({ aeTitle })) });
    expect(checkConfiguration(document, knownTags)).toEqual([
      { severity: 'error', path: 'senders.CT1', problem: "there are several senders called 'CT1'" },
    ]);
  });

  it.each([
    ['does not parse', "@Modality@ == 'CT"],
    ['assigns instead of comparing', "@Modality@ = 'CT'"],
    ['asks for a tag that nobody knows', "@Modalty@ == 'CT'"],
  ])('refuses a condition that %s', (_what, condition) => {
    const [problem, ...others] = problemsOf([{ ...ct, condition }]);
    expect(others).toEqual([]);
    expect(problem?.path).toBe('rules.CT.condition');
    expect(problem?.problem).not.toBe('');
  });

  it('shows the place in a condition and what to write there', () => {
    const [problem] = problemsOf([{ ...ct, condition: "'HEAD' in @StudyDescription@\n  and @Modality@ = 'CT'" }]);
    expect(problem?.problem.split('\n')).toEqual([
      '= does not compare — use == to compare (line 2, column 18)',
      "    and @Modality@ = 'CT'",
      '                   ^',
    ]);
  });

  it('looks at rules that are disabled too: they may be enabled any time', () => {
    expect(problemsOf([{ ...ct, disabled: true, targets: ['nowhere'] }])).toHaveLength(1);
  });

  it('finds everything at once', () => {
    const broken = { ...ct, condition: "@Modality@ = 'CT'", targets: ['nowhere', 'elsewhere'] };
    expect(problemsOf([broken, { ...drop, targets: ['archive'] }]).map(({ path }) => path)).toEqual([
      'rules.CT.targets',
      'rules.CT.targets',
      'rules.Drop.targets',
      'rules.CT.condition',
    ]);
  });
});

const page = { name: 'pager', kind: 'webhook', url: 'https://pager.example' };
const mail = { name: 'mail', kind: 'email', host: 'smtp', from: 'a@b.example', to: ['c@d.example'] };
const told = (parts: object): readonly string[] =>
  checkConfiguration(ConfigurationDocument.parse({ targets: [archive, research], ...parts }), knownTags).map(
    ({ severity, path, problem }) => `${severity} ${path}: ${problem}`,
  );

describe('the rest of a configuration', () => {
  it.each([
    ['targets', { targets: [research, research] }, 'targets.research: there are several targets'],
    ['channels', { notificationChannels: [page, page] }, 'notificationChannels.pager: there are several'],
    ['titles', { applicationEntities: [{ aeTitle: 'A' }, { aeTitle: 'A ' }] }, 'applicationEntities.A: there are'],
    [
      'facts',
      { facts: { additional: [{ element: '0018,90aa' }, { element: '0018,90AA' }] } },
      'facts.additional.0018,90AA: there are several',
    ],
  ])('has no two %s of one name', (_what, parts, problem) => {
    expect(told(parts)).toEqual([expect.stringContaining(`error ${problem}`)]);
  });

  it('counts objects by a fact that objects have', () => {
    const completion = { expectedCountFrom: 'Modalty' };
    expect(told({ completion, applicationEntities: [{ aeTitle: 'CT', completion }] })).toEqual([
      'error completion.expectedCountFrom: Modalty is not a known tag — did you mean Modality?',
      'error applicationEntities.CT.completion.expectedCountFrom: Modalty is not a known tag — did you mean Modality?',
    ]);
    expect(told({ completion: { expectedCountFrom: 'Modality' } })).toEqual([]);
  });

  it.each([
    [{ Authorization: 'Bearer abc' }, 'Authorization'],
    [{ 'X-Api-Key': 'abc' }, 'X-Api-Key'],
    [{ 'X-Hint': 'Basic abc' }, 'X-Hint'],
  ])('has no secret in the headers %j', (headers, header) => {
    expect(told({ notificationChannels: [{ ...page, headers }] })).toEqual([
      `error notificationChannels.pager.headers.${header}: '${header}' looks like a secret, which would stay in the log for ever: name it by bearerToken, such as {"environment": "WEBHOOK_TOKEN"}`,
    ]);
  });

  it('has no secret in the environment of a container', () => {
    const module = {
      name: 'ai',
      kind: 'container',
      image: 'ai:1',
      environment: { LICENSE_TOKEN: 'abc', MODE: 'fast' },
    };
    expect(told({ modules: [module] })).toEqual([
      `error modules.ai.environment.LICENSE_TOKEN: 'LICENSE_TOKEN' looks like a secret, which would stay in the log for ever: name it under secrets, such as {"environment": "LICENSE_TOKEN"}`,
    ]);
  });

  it('may have other headers', () => {
    expect(told({ notificationChannels: [{ ...page, headers: { 'X-Source': 'waystation' } }] })).toEqual([]);
  });

  it('has templates that make messages', () => {
    const webhook = { ...page, payload: '{ "rule": {{ rule }} }' };
    const email = { ...mail, subject: '{{ rule', body: '{{ rule }}' };
    expect(told({ notificationChannels: [webhook, email] })).toEqual([
      expect.stringMatching(/^error notificationChannels\.pager\.payload: .*JSON/),
      expect.stringMatching(/^error notificationChannels\.mail\.subject: ./),
    ]);
    expect(told({ notificationChannels: [{ ...page, payload: '{ "rule": "{{ rule }}" }' }] })).toEqual([]);
  });

  it('is looked at for secrets in addresses', () => {
    const url = 'https://pager.example/?token=abc';
    expect(told({ notificationChannels: [{ ...page, url }], subscriptions: [{ name: 'ris', url }] })).toEqual([
      "warning notificationChannels.pager.url: 'token' looks like a secret: whoever may read the configuration or the log reads it",
      "warning subscriptions.ris.url: 'token' looks like a secret: whoever may read the configuration or the log reads it",
    ]);
  });

  it('shows a password to somebody, and not to everybody', () => {
    const password = { environment: 'SMTP_PASSWORD' };
    expect(told({ notificationChannels: [{ ...mail, password }] })).toEqual([
      'error notificationChannels.mail.password: a password without a user is shown to nobody',
    ]);
    expect(told({ notificationChannels: [{ ...mail, user: 'w', password, tls: 'none' }] })).toEqual([
      'warning notificationChannels.mail.tls: the password travels as plain text',
    ]);
    expect(told({ notificationChannels: [{ ...mail, user: 'w', password }] })).toEqual([]);
  });
});
