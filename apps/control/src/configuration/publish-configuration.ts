import { factNames, wantedElements } from '@waystation/dicom';
import { configurationDecider, instanceKeywords, senderKeywords, type ConfigurationState } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName, type ConfigurationDocument } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';
import type { Edit } from './edit-document.js';

/** Names a condition may use: what is read from objects, and what the receiver knows of how they came. */
const knownTagsOf = ({ facts }: ConfigurationDocument): readonly string[] => [
  ...factNames(wantedElements(facts.additional)),
  ...senderKeywords,
  ...instanceKeywords,
];

/** Of several who change the configuration at once one gets through each time: this many may try. */
const TRIES = 50;

/** Brings configurations into force. */
@Injectable()
export class PublishConfiguration {
  constructor(private readonly commands: CommandHandler) {}

  /** The configuration in force. */
  async current(): Promise<ConfigurationState> {
    return (await this.commands.load(configurationDecider, streamName.configuration)).state;
  }

  /**
   * Publishes a whole document.
   * @param basedOn version the author started from; refused with `configuration.outdated` where there is a newer one
   * @throws CodedError `configuration.invalid` with every problem found
   */
  async publish(document: ConfigurationDocument, by: Authorship, basedOn?: number): Promise<ConfigurationState> {
    const { state } = await this.commands.handle(
      configurationDecider,
      streamName.configuration,
      {
        kind: 'publish-configuration',
        document,
        ...by,
        knownTags: knownTagsOf(document),
        ...(basedOn === undefined ? {} : { basedOn }),
      },
      { metadata: { actor: { kind: 'user', name: by.author } } },
    );
    return state;
  }

  /** Changes the configuration in force. Where others publish meanwhile, theirs is kept and the change made to that. */
  async edit(edit: Edit, by: Authorship): Promise<ConfigurationState> {
    for (let tries = 1; ; tries++) {
      const { document, version } = await this.current();
      try {
        return await this.publish(edit(document), by, version);
      } catch (error) {
        if (!hasCode(error, 'configuration.outdated') || tries === TRIES) throw error;
      }
    }
  }
}

/** Who changes something and why; both stay in the log. */
export interface Authorship {
  readonly author: string;
  readonly reason: string;
}
