import { configurationDecider } from '@waystation/domain';
import type { EventLog } from '@waystation/event-log';
import { ConfigurationDocument, streamName, type ConfigurationPublished, type RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** Documents that are kept: decisions of one time were made by one of a few. */
const KEPT = 8;
const PAGE = 20;

/** Documents that were in force, by version. */
export class ConfigurationVersions {
  readonly #kept = new Map<number, Promise<ConfigurationDocument>>();

  constructor(private readonly log: Pick<EventLog, 'readStream'>) {}

  /** @throws CodedError `what-if.unknown-version` */
  of(version: number): Promise<ConfigurationDocument> {
    const document = this.#kept.get(version) ?? this.#read(version);
    this.#kept.delete(version);
    this.#kept.set(version, document);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return document;
  }

  async #read(version: number): Promise<ConfigurationDocument> {
    if (version === 0) return configurationDecider.initial.document;
    // A version is an event or, where others stand between them, a later one.
    for (let after = version - 1; ; after += PAGE) {
      const events = await this.log.readStream(streamName.configuration, { after, through: after + PAGE });
      const published = events.find((event) => isVersion(event, version));
      if (published) return ConfigurationDocument.parse(published.data.document);
      if (events.length < PAGE)
        throw new CodedError('what-if.unknown-version', `the log has no configuration ${version}`);
    }
  }
}

const isVersion = (event: RecordedEvent, version: number): event is RecordedEvent<ConfigurationPublished> =>
  event.type === 'configuration.published.v1' && (event.data as ConfigurationPublished['data']).version === version;
