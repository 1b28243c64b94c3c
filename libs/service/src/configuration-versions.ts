import { configurationDecider, fold, type ConfigurationState } from '@waystation/domain';
import type { EventLog } from '@waystation/event-log';
import { streamName, type ConfigurationPublished, type RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** Versions that are kept: decisions of one time were made by one of a few. */
const KEPT = 8;
const PAGE = 20;

type Published = RecordedEvent<ConfigurationPublished>;

/** A version with the event that brought it into force. */
interface Version {
  readonly event: Published;
  readonly state: ConfigurationState;
}

/** The configurations that were in force, by version; each is read by itself, however many were published. */
export class ConfigurationVersions {
  readonly #kept = new Map<number, Promise<Version | undefined>>();

  constructor(private readonly log: Pick<EventLog, 'readStream'>) {}

  /**
   * What a version said; version 0 is the empty one that an installation begins with.
   * @throws CodedError `configuration.unknown-version`; `log.unavailable`
   */
  async of(version: number): Promise<ConfigurationState> {
    if (version === 0) return configurationDecider.initial;
    const found = await this.#version(version);
    if (found) return found.state;
    throw new CodedError(
      'configuration.unknown-version',
      `there is no configuration ${version}: the log has none of that number`,
    );
  }

  /**
   * The events that brought some versions into force, in their order; versions that were never published have none.
   * @throws CodedError `log.unavailable`
   */
  async events(versions: Iterable<number>): Promise<readonly Published[]> {
    const events: Published[] = [];
    for (const version of [...new Set(versions)].toSorted((a, b) => a - b)) {
      const found = await this.#version(version);
      if (found) events.push(found.event);
    }
    return events;
  }

  async #version(version: number): Promise<Version | undefined> {
    const reading = this.#kept.get(version) ?? this.#read(version);
    this.#kept.delete(version);
    this.#kept.set(version, reading);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    try {
      return await reading;
    } catch (error) {
      // The next one who asks finds the database back, perhaps.
      if (this.#kept.get(version) === reading) this.#kept.delete(version);
      throw error;
    }
  }

  async #read(version: number): Promise<Version | undefined> {
    // A version is an event or, where others stand between them, a later one.
    let [after, page] = [Math.max(0, version - 1), 1];
    for (; ; [after, page] = [after + page, PAGE]) {
      const events = await this.log.readStream(streamName.configuration, { after, through: after + page });
      const event = events.find((candidate): candidate is Published => isVersion(candidate, version));
      if (event) return { event, state: fold(configurationDecider, [event]) };
      if (events.length < page) return undefined;
    }
  }
}

const isVersion = (event: RecordedEvent, version: number): event is Published =>
  event.type === 'configuration.published.v1' && (event.data as ConfigurationPublished['data']).version === version;
