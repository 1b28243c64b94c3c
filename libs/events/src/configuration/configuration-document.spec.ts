import { describe, expect, it } from 'vitest';
import { ConfigurationDocument } from './configuration-document.js';
import { RetryPolicy } from './retry-policy.js';
import { Rule } from './rule.js';
import { Target } from './target.js';

const dicom = { name: 'archive', kind: 'dicom', host: 'pacs', port: 104, calledAeTitle: 'ARCHIVE' };
const folder = { name: 'research', kind: 'folder', path: '/srv/research' };

describe('ConfigurationDocument', () => {
  it('makes a whole document of nothing', () => {
    expect(ConfigurationDocument.parse({})).toEqual({
      completion: { quietPeriodSeconds: 60 },
      applicationEntities: [],
      unknownCalledAeTitle: 'refuse',
      facts: { additional: [] },
      rules: [],
      targets: [],
      modules: [],
      schedule: {
        offPeak: {
          from: '22:00',
          to: '06:00',
          timeZone: 'UTC',
          days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
        },
      },
      retention: { policies: [], keep: {} },
      notificationChannels: [],
      senders: [],
      subscriptions: [],
    });
  });

  it('reads what it wrote unchanged: defaults are written down, not guessed again later', () => {
    const document = ConfigurationDocument.parse({
      rules: [{ name: 'All', condition: 'True', action: 'route', targets: ['archive'] }],
      targets: [dicom, folder],
    });
    expect(ConfigurationDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it('refuses a word that it does not know', () => {
    expect(ConfigurationDocument.safeParse({ rulez: [] }).success).toBe(false);
  });

  it.each([0, -1, 86_401, Number.NaN])('refuses a quiet period of %d seconds', (quietPeriodSeconds) => {
    expect(ConfigurationDocument.safeParse({ completion: { quietPeriodSeconds } }).success).toBe(false);
  });
});

describe('additional facts', () => {
  const accepts = (element: string): boolean =>
    ConfigurationDocument.safeParse({ facts: { additional: [{ element }] } }).success;

  it.each(['0018,9073', '0019,100c', '(0019,xx0C,SIEMENS MR HEADER)', '(0009,xx01,http://www.gemedicalsystems.com)'])(
    'may be %s',
    (element) => {
      expect(accepts(element)).toBe(true);
    },
  );

  it.each(['PatientName', '00189073', '(0018,9073)', '(0019,100C,SIEMENS)', '(0019,xx0C,)', '(0019,xx0C,A\\\\B)', ''])(
    'may not be %j',
    (element) => {
      expect(accepts(element)).toBe(false);
    },
  );

  it('are at most 64, and none holds what is no text and no number', () => {
    const many = Array.from({ length: 65 }, () => ({ element: '0018,9073' }));
    expect(ConfigurationDocument.safeParse({ facts: { additional: many } }).success).toBe(false);
    const bulk = [{ element: '0018,9073', vr: 'OB' }];
    expect(ConfigurationDocument.safeParse({ facts: { additional: bulk } }).success).toBe(false);
  });
});

describe('Rule', () => {
  it('is enabled and no fallback where nothing is said', () => {
    expect(Rule.parse({ name: 'All', condition: 'True', action: 'discard' })).toEqual({
      name: 'All',
      condition: 'True',
      calledAeTitles: [],
      trigger: 'series',
      action: 'discard',
      targets: [],
      notifications: [],
      fallback: false,
      late: 'delta',
      priority: 'normal',
      ordered: false,
      disabled: false,
    });
  });

  it.each([
    ['without a condition', { name: 'All', condition: '', action: 'route' }],
    ['with an action that nobody performs', { name: 'All', condition: 'True', action: 'shred' }],
    ['with a name that is not one', { name: '../x', condition: 'True', action: 'route' }],
  ])('is refused %s', (_what, rule) => {
    expect(Rule.safeParse(rule).success).toBe(false);
  });
});

describe('Target', () => {
  it('is tried ten times, one delivery at once, where nothing is said', () => {
    const retry = { attempts: 10, firstDelaySeconds: 5, factor: 2, longestDelaySeconds: 900 };
    expect(Target.parse(dicom)).toEqual({
      ...dicom,
      retry,
      concurrency: 1,
      callingAeTitle: 'WAYSTATION',
      timeoutSeconds: 30,
      associations: 1,
      operationsWindow: 1,
      maximumPduLength: 131_072,
      transcode: 'when-refused',
    });
    expect(Target.parse(folder)).toEqual({ ...folder, retry, concurrency: 1 });
  });

  it.each(['/srv/research', 'C:\\research', 'D:/research'])('takes the absolute path %s', (path) => {
    expect(Target.safeParse({ ...folder, path }).success).toBe(true);
  });

  it.each(['research', './research', '../research', '', 'C:research', '~/research'])('refuses the path %j', (path) => {
    expect(Target.safeParse({ ...folder, path }).success).toBe(false);
  });

  it.each([
    ['port 0', { ...dicom, port: 0 }],
    ['port 65536', { ...dicom, port: 65_536 }],
    ['no host', { ...dicom, host: '' }],
    ['a title of 17 characters', { ...dicom, calledAeTitle: 'A'.repeat(17) }],
    ['a kind that nobody delivers to', { ...dicom, kind: 'pigeon' }],
    ['the field of another kind', { ...folder, host: 'pacs' }],
    ['no concurrency at all', { ...dicom, concurrency: 0 }],
    ['no association at all', { ...dicom, associations: 0 }],
    ['more associations than anybody takes', { ...dicom, associations: 17 }],
    ['a PDU that hardly holds a command', { ...dicom, maximumPduLength: 512 }],
    ['another time to transcode', { ...dicom, transcode: 'always' }],
    ['TLS to a folder', { ...folder, tls: {} }],
  ])('refuses %s', (_what, target) => {
    expect(Target.safeParse(target).success).toBe(false);
  });
});

describe('RetryPolicy', () => {
  it.each([
    { attempts: 0 },
    { attempts: 1.5 },
    { firstDelaySeconds: 0 },
    { factor: 0.9 },
    { longestDelaySeconds: 0 },
    { longestDelaySeconds: Number.POSITIVE_INFINITY },
  ])('refuses %j', (policy) => {
    expect(RetryPolicy.safeParse(policy).success).toBe(false);
  });
});
