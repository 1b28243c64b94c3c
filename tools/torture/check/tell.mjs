import { grouped } from './grouped.mjs';

/** What the events say, stream by stream, read by nobody's words but their own. */
export class Told {
  /** @param events of the whole log, in order of position */
  constructor(events) {
    this.events = events;
    /** Events of each stream in their order. */
    this.streams = grouped(events, ({ stream }) => stream);
  }

  /** Events of a kind, of all streams or of one. @param type without its version */
  of(type, stream) {
    const events = stream === undefined ? this.events : (this.streams.get(stream) ?? []);
    return events.filter((event) => typeOf(event) === type);
  }

  /** Identifiers of all streams of a kind: of `series/1.2.3` it is `1.2.3`. */
  ids(kind) {
    const prefix = `${kind}/`;
    return [...this.streams.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  /** Objects of a series that travel, each with the sequence of its first event. */
  stored(series) {
    const first = new Map();
    for (const { sequence, data } of this.of('instance.stored', `series/${series}`)) {
      const { sopInstanceUid, transferSyntaxUid, object } = data;
      const instance = { sequence, sopInstanceUid, sha256: object.sha256, transferSyntaxUid };
      if (!first.has(sopInstanceUid)) first.set(sopInstanceUid, instance);
    }
    return [...first.values()];
  }

  /** What a delivery or a job is about: a range of a series, or what an attempt of a job made. */
  instances(series, range) {
    if (range.job !== undefined) return this.derived(range.job, range.attempt);
    const { afterSequence, throughSequence, sopInstanceUids } = range;
    return this.stored(series).filter(
      ({ sequence, sopInstanceUid }) =>
        sequence > afterSequence &&
        sequence <= throughSequence &&
        (sopInstanceUids === undefined || sopInstanceUids.includes(sopInstanceUid)),
    );
  }

  /** What an attempt of a job made. */
  derived(job, attempt) {
    return this.of('instance.derived', `job/${job}`)
      .filter(({ data }) => data.attempt === attempt)
      .map(({ data }) => ({
        sopInstanceUid: data.sopInstanceUid,
        sha256: data.object.sha256,
        transferSyntaxUid: data.transferSyntaxUid,
      }));
  }

  /** Every delivery with what it is to bring and how it went. */
  deliveries() {
    return this.ids('delivery').map((id) => {
      const events = this.streams.get(`delivery/${id}`);
      const [requested] = this.of('delivery.requested', `delivery/${id}`);
      const request = requested?.data;
      return {
        id,
        request,
        events,
        ended: endOf(events),
        brings: request === undefined ? [] : this.instances(request.seriesInstanceUid, request.instances),
        receipts: this.of('instance.delivered', `delivery/${id}`),
      };
    });
  }
}

/** The name of an event without its version. */
export const typeOf = ({ type }) => type.replace(/\.v\d+$/, '');

const OVER = new Set(['delivery.succeeded', 'delivery.abandoned']);

/** How the last round of a delivery ended; undefined while it is under way. */
function endOf(events) {
  const last = events.findLast((event) => OVER.has(typeOf(event)) || typeOf(event) === 'delivery.redriven');
  return last !== undefined && OVER.has(typeOf(last)) ? typeOf(last).slice('delivery.'.length) : undefined;
}
