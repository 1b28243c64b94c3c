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
const published = (version: number, document: ConfigurationDocument) =>
  ConfigurationPublished.of({
    version,
    sha256: documentHash(document),
    document,
    author: 'r.huber',
    reason: 'slower scanners',
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
      .then([published(1, nothing)]);
  });

  it('has nothing to do where it says the same', () => {
    given(configurationDecider, [published(1, quiet(30))])
      .when(publish(quiet(30), { reason: 'again' }))
      .then([]);
  });

  it('can go back to what it was, as a new version', () => {
    given(configurationDecider, [published(1, quiet(30)), published(2, quiet(90))])
      .when(publish(quiet(30)))
      .then([published(3, quiet(30))]);
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
