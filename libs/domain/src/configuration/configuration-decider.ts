import { ConfigurationDocument, ConfigurationPublished } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { assertPublishable } from './assert-publishable.js';
import { checkConfiguration } from './check-configuration.js';
import type { ConfigurationProblem } from './configuration-problem.js';
import { diffDocuments } from './diff-documents.js';
import { documentHash } from './document-hash.js';

export interface ConfigurationState {
  /** 0 where none was published yet. */
  readonly version: number;
  readonly sha256: string;
  readonly document: ConfigurationDocument;
}

/** Brings a configuration into force. */
export interface PublishConfiguration {
  readonly kind: 'publish-configuration';
  readonly document: ConfigurationDocument;
  readonly author: string;
  readonly reason: string;
  /** The version the author started from: refused where somebody else published meanwhile. */
  readonly basedOn?: number;
  /** Names that conditions may use. */
  readonly knownTags: readonly string[];
  /** What {@link checkConfiguration} says of the document, where somebody has asked it; it takes a while. */
  readonly problems?: readonly ConfigurationProblem[];
  /** The version whose document this is. */
  readonly rolledBackTo?: number;
}

const empty = ConfigurationDocument.parse({});

/** Which rules and targets are in force. */
export const configurationDecider: Decider<ConfigurationState, PublishConfiguration, ConfigurationPublished> = {
  initial: { version: 0, sha256: documentHash(empty), document: empty },
  decide: (state, { document, author, reason, basedOn, knownTags, rolledBackTo, problems }) => {
    if (basedOn !== undefined && basedOn !== state.version) {
      throw new CodedError(
        'configuration.outdated',
        `the configuration was changed meanwhile: it is at version ${state.version}, the change is based on version ${basedOn}`,
      );
    }
    assertPublishable(problems ?? checkConfiguration(document, knownTags));
    const sha256 = documentHash(document);
    if (sha256 === state.sha256 && state.version > 0) return [];
    const version = state.version + 1;
    const changes = diffDocuments(state.document, document).map(({ path, kind }) => ({ path, kind }));
    const again = rolledBackTo === undefined ? {} : { rolledBackTo };
    return [ConfigurationPublished.of({ version, sha256, document, author, reason, changes, ...again })];
  },
  // What an older Waystation published lacks what was added since: it holds with the defaults.
  evolve: (_state, { data }) => ({
    version: data.version,
    sha256: data.sha256,
    document: ConfigurationDocument.parse(data.document),
  }),
  due: () => undefined,
};
