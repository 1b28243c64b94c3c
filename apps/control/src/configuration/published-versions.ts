import type { ConfigurationInForce, ConfigurationVersion } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import { streamName, type ConfigurationPublished, type RecordedEvent } from '@waystation/events';
import { ConfigurationVersions } from '@waystation/service';
import { Injectable } from '@nestjs/common';

/** Documents that are in memory at the same time. */
const PAGE = 20;

/** The configurations that were published. */
@Injectable()
export class PublishedVersions {
  private readonly versions: ConfigurationVersions;

  constructor(private readonly log: EventLog) {
    this.versions = new ConfigurationVersions(log);
  }

  /** All of them, the newest first. */
  async list(): Promise<readonly ConfigurationVersion[]> {
    const versions: ConfigurationVersion[] = [];
    for (let after = 0; ; after += PAGE) {
      const events = await this.log.readStream(streamName.configuration, { after, through: after + PAGE });
      for (const event of events as readonly RecordedEvent<ConfigurationPublished>[]) versions.push(versionOf(event));
      if (events.length < PAGE) return versions.toReversed();
    }
  }

  /**
   * One of them; version 0 is the empty one that an installation begins with.
   * @throws CodedError `configuration.unknown-version`
   */
  version(version: number): Promise<ConfigurationInForce> {
    return this.versions.of(version);
  }
}

const versionOf = ({ data, position, recordedtime }: RecordedEvent<ConfigurationPublished>): ConfigurationVersion => {
  const { version, sha256, author, reason, changes = [], rolledBackTo = null } = data;
  return { version, sha256, author, reason, position, recordedtime, changes, rolledBackTo };
};
