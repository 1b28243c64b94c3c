import type { Subject, StudySubject } from '@waystation/audit-messages';
import type { EventLog } from '@waystation/event-log';
import {
  categoryOf,
  idOf,
  streamName,
  type ConfigurationPublished,
  type DeliveryAttempted,
  type DeliveryRequested,
  type RecordedEvent,
  type SeriesOpened,
  type StudySeriesAdded,
  type Target,
} from '@waystation/events';

const REMEMBERED = 1_000;
/** Keyword of the SOP class in a routing header. */
const SOP_CLASS = 'SOPClassUID';

/** Finds what an audit message has to tell beside its event, in other events. They never change, so they are remembered. */
export class Subjects {
  readonly #studies = new Map<string, StudySubject>();

  constructor(private readonly log: Pick<EventLog, 'readStream'>) {}

  /** What is known when an event happens. */
  async of(event: RecordedEvent): Promise<Subject> {
    const subject = (event.data as { readonly subject?: string }).subject;
    const stream = categoryOf(event.stream) === 'access' ? subject : event.stream;
    if (stream === undefined) return {};
    const [category, id] = [categoryOf(stream), idOf(stream)];
    if (category === 'series') return this.#withStudy(id);
    if (category === 'study') return this.#ofStudy(stream);
    return category === 'delivery' ? this.#ofDelivery(stream, event.sequence) : {};
  }

  async #ofStudy(stream: string): Promise<Subject> {
    const events = await this.log.readStream(stream);
    const added = events.find(({ type }) => type === 'study.series-added.v1');
    return added === undefined ? {} : this.#withStudy((added.data as StudySeriesAdded['data']).seriesInstanceUid);
  }

  async #ofDelivery(stream: string, through: number): Promise<Subject> {
    const events = await this.log.readStream(stream, { through });
    const requested = events.find(({ type }) => type === 'delivery.requested.v1');
    if (requested === undefined) return {};
    const request = requested.data as DeliveryRequested['data'];
    const attempted = events.findLast(({ type }) => type === 'delivery.attempted.v1');
    const version = (attempted?.data as DeliveryAttempted['data'] | undefined)?.configurationVersion;
    const target = version === undefined ? undefined : await this.#target(request.target, version);
    return { ...(await this.#withStudy(request.seriesInstanceUid)), delivery: { request, target } };
  }

  /** As it was described by the configuration that was used. */
  async #target(name: string, version: number): Promise<Target | undefined> {
    const range = { after: version - 1, through: version };
    const [published] = await this.log.readStream(streamName.configuration, range);
    return (published?.data as ConfigurationPublished['data'] | undefined)?.document.targets.find(
      (target) => target.name === name,
    );
  }

  async #withStudy(seriesInstanceUid: string): Promise<Subject> {
    const known = this.#studies.get(seriesInstanceUid);
    if (known) return { study: known };
    const [first] = await this.log.readStream(streamName.series(seriesInstanceUid), { through: 1 });
    if (first?.type !== 'series.opened.v1') return {};
    const { studyInstanceUid, header, identity, source } = first.data as SeriesOpened['data'];
    const sender = { aeTitle: source.callingAeTitle, address: source.address };
    const study = { studyInstanceUid, sopClassUid: header[SOP_CLASS], identity, sender };
    if (this.#studies.size >= REMEMBERED) this.#studies.clear();
    this.#studies.set(seriesInstanceUid, study);
    return { study };
  }
}
