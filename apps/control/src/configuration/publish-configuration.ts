import type { PublishedConfiguration } from '@waystation/answers';
import {
  assertPublishable,
  checkConfiguration,
  checkSubmission,
  configurationDecider,
  knownTagsOf,
  type ConfigurationProblem,
  type ConfigurationState,
} from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName, type ConfigurationDocument } from '@waystation/events';
import { CodedError, hasCode } from '@waystation/kernel';
import type { Authorship } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import type { Edit } from './edit-document.js';
import { SettingsOfApps } from './settings-of-apps.js';

/** Of several who change the configuration at once one gets through each time: this many may try. */
const TRIES = 50;

/** What a publication follows from. */
export interface Grounds {
  /** Version the author started from; refused with `configuration.outdated` where there is a newer one. */
  readonly basedOn?: number | undefined;
  /** Version whose document it is. */
  readonly rolledBackTo?: number;
}

/** Brings configurations into force. */
@Injectable()
export class PublishConfiguration {
  constructor(
    private readonly commands: CommandHandler,
    private readonly settings: SettingsOfApps,
  ) {}

  /** The configuration in force. */
  async current(): Promise<ConfigurationState> {
    return (await this.commands.load(configurationDecider, streamName.configuration)).state;
  }

  /**
   * Publishes what somebody hands in.
   * @throws CodedError `configuration.invalid` with everything that is wrong with its form and would fail later
   */
  async submit(submitted: unknown, by: Authorship, grounds: Grounds = {}): Promise<PublishedConfiguration> {
    const { document, problems } = checkSubmission(submitted, knownTagsOf);
    if (document !== undefined) return this.bring(document, problems, by, grounds);
    assertPublishable(problems);
    throw new CodedError('configuration.invalid', 'this is no configuration');
  }

  /**
   * Publishes a whole document.
   * @throws CodedError `configuration.invalid` with every error found; warnings are in the answer
   */
  async publish(
    document: ConfigurationDocument,
    by: Authorship,
    grounds: Grounds = {},
  ): Promise<PublishedConfiguration> {
    return this.bring(document, checkConfiguration(document, knownTagsOf(document)), by, grounds);
  }

  /** @param found in the document, which is looked at once: with hundreds of rules that takes a while */
  private async bring(
    document: ConfigurationDocument,
    found: readonly ConfigurationProblem[],
    { author, reason, actor }: Authorship,
    { basedOn, rolledBackTo }: Grounds,
  ): Promise<PublishedConfiguration> {
    const problems = [...found, ...(await this.settings.check(document))];
    assertPublishable(problems);
    const { state } = await this.commands.handle(
      configurationDecider,
      streamName.configuration,
      {
        kind: 'publish-configuration',
        document,
        author,
        reason,
        knownTags: knownTagsOf(document),
        problems,
        ...(basedOn === undefined ? {} : { basedOn }),
        ...(rolledBackTo === undefined ? {} : { rolledBackTo }),
      },
      { metadata: { actor } },
    );
    return { ...state, warnings: problems };
  }

  /** Changes the configuration in force. Where others publish meanwhile, theirs is kept and the change made to that. */
  async edit(edit: Edit, by: Authorship): Promise<PublishedConfiguration> {
    for (let tries = 1; ; tries++) {
      const { document, version } = await this.current();
      try {
        return await this.publish(edit(document), by, { basedOn: version });
      } catch (error) {
        if (!hasCode(error, 'configuration.outdated') || tries === TRIES) throw error;
      }
    }
  }
}
