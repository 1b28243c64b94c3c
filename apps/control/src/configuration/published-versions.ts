import type { ConfigurationInForce, ConfigurationVersion } from '@waystation/answers';
import { configurationDecider, fold } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { streamName, type ConfigurationPublished, type RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';

/** The configurations that were published. */
@Injectable()
export class PublishedVersions {
  constructor(private readonly log: EventLog) {}

  /** All of them, the newest first. */
  async list(): Promise<readonly ConfigurationVersion[]> {
    return (await this.read()).map(versionOf).toReversed();
  }

  /**
   * One of them; version 0 is the empty one that an installation begins with.
   * @throws CodedError `configuration.unknown-version`
   */
  async version(version: number): Promise<ConfigurationInForce> {
    const events = await this.read();
    const through = events.findIndex(({ data }) => data.version === version);
    if (through < 0 && version !== 0) throw unknownVersion(version, events.at(-1)?.data.version);
    return fold(configurationDecider, events.slice(through < 0 ? 0 : through, through + 1));
  }

  private async read(): Promise<readonly RecordedEvent<ConfigurationPublished>[]> {
    const events = await this.log.readStream(streamName.configuration);
    return events as readonly RecordedEvent[] as readonly RecordedEvent<ConfigurationPublished>[];
  }
}

const versionOf = ({ data, position, recordedtime }: RecordedEvent<ConfigurationPublished>): ConfigurationVersion => {
  const { version, sha256, author, reason, changes = [], rolledBackTo = null } = data;
  return { version, sha256, author, reason, position, recordedtime, changes, rolledBackTo };
};

const unknownVersion = (version: number, last: number | undefined): CodedError =>
  new CodedError(
    'configuration.unknown-version',
    last === undefined
      ? `there is no configuration ${version}: none was published yet`
      : `there is no configuration ${version}; published are 1 to ${last}`,
  );
