import { ConfigurationDocument, ConfigurationPublished } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { configurationDecider, type PublishConfiguration } from './configuration-decider.js';
import { documentHash } from './document-hash.js';

const quiet = (quietPeriodSeconds: number) => ConfigurationDocument.parse({ completion: { quietPeriodSeconds } });
const publish = (document: ConfigurationDocument, more: Partial<PublishConfiguration> = {}): PublishConfiguration => ({
  kind: 'publish-configuration',
  document,
  author: 'r.huber',
  reason: 'slower scanners',
  knownTags: ['Modality'],
  ...more,
});
const published = (version: number, document: ConfigurationDocument, more: object = {}) =>
  ConfigurationPublished.of({
    version,
    sha256: documentHash(document),
    document,
    author: 'r.huber',
    reason: 'slower scanners',
    changes: [{ path: 'completion.quietPeriodSeconds', kind: 'changed' }],
    ...more,
  });

describe('the configuration', () => {
  it('is empty before anything was published', () => {
    given(configurationDecider)
      .thenState({
        version: 0,
        document: ConfigurationDocument.parse({}),
        sha256: documentHash(ConfigurationDocument.parse({})),
      })
      .thenDue(undefined);
  });

  it('comes into force with the next version and its hash', () => {
    given(configurationDecider)
      .when(publish(quiet(30)))
      .then([published(1, quiet(30))])
      .thenState({ version: 1, document: quiet(30), sha256: documentHash(quiet(30)) })
      .when(publish(quiet(90)))
      .then([published(2, quiet(90))])
      .thenState({ version: 2, document: quiet(90) })
      .thenDue(undefined);
  });

  it('can be published empty the first time: somebody decided so', () => {
    const nothing = ConfigurationDocument.parse({});
    given(configurationDecider)
      .when(publish(nothing))
      .then([published(1, nothing, { changes: [] })]);
  });

  it('has nothing to do where it says the same', () => {
    given(configurationDecider, [published(1, quiet(30))])
      .when(publish(quiet(30), { reason: 'again' }))
      .then([]);
  });

  it('can go back to what it was, as a new version that says so', () => {
    given(configurationDecider, [published(1, quiet(30)), published(2, quiet(90))])
      .when(publish(quiet(30), { rolledBackTo: 1 }))
      .then([published(3, quiet(30), { rolledBackTo: 1 })]);
  });

  it('says where it differs from the version before, by names and without values', () => {
    const target = { kind: 'folder', name: 'research', path: '/srv/research' };
    const rule = { name: 'All', condition: 'True', action: 'route', targets: ['research'] };
    const [one, two] = [{ targets: [target] }, { targets: [target], rules: [rule] }].map((parts) =>
      ConfigurationDocument.parse(parts),
    );
    if (one === undefined || two === undefined) throw new Error('both are there');
    given(configurationDecider, [published(1, one)])
      .when(publish(two))
      .then([published(2, two, { changes: [{ path: 'rules.All', kind: 'added' }] })]);
  });

  it('comes into force in spite of what is hardly meant', () => {
    const rule = { name: 'All', condition: 'True', action: 'route', targets: ['x'] };
    const document = ConfigurationDocument.parse({
      targets: [{ kind: 'folder', name: 'x', path: '/x' }],
      rules: [rule, { ...rule, name: 'Rest', fallback: true }],
    });
    expect(given(configurationDecider).when(publish(document)).events).toHaveLength(1);
  });

  it('is taken where it is based on the version in force', () => {
    given(configurationDecider, [published(1, quiet(30))])
      .when(publish(quiet(90), { basedOn: 1 }))
      .then([published(2, quiet(90))]);
    given(configurationDecider)
      .when(publish(quiet(90), { basedOn: 0 }))
      .then([published(1, quiet(90))]);
  });

  it('is refused where somebody else published meanwhile', () => {
    given(configurationDecider, [published(1, quiet(30)), published(2, quiet(90))])
      .when(publish(quiet(60), { basedOn: 1 }))
      .thenThrows('configuration.outdated');
  });

  it('is refused where it would fail later, with every problem and its place', () => {
    const document = ConfigurationDocument.parse({
      rules: [{ name: 'CT', condition: "@Modality@ = 'CT'", action: 'route', targets: ['nowhere'] }],
    });
    const outcome = given(configurationDecider, [published(1, quiet(30))]).when(publish(document));
    outcome.thenThrows('configuration.invalid').thenState({ version: 1 });
    expect(() => outcome.events).toThrow("rules.CT.targets: there is no target 'nowhere'; known: none");
    expect(detailsOf(() => outcome.events)).toMatchObject({
      problems: [{ path: 'rules.CT.targets' }, { path: 'rules.CT.condition' }],
    });
  });
});

const detailsOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof CodedError ? error.details : error;
  }
  return undefined;
};
