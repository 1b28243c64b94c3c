import { instanceUid, placeOf, seriesUid, studyUid } from '../uids.mjs';
import { dataPdus, storeRequest } from './pdus.mjs';

/**
 * C-STOREs that were encoded beforehand: what differs between objects is in the head, which every association has for
 * itself; the rest is the same bytes for all.
 */
export class EncodedCase {
  constructor(chosen, templates, maximum) {
    this.chosen = chosen;
    this.messages = templates.map(({ header, pixels, length }) => {
      const command = storeRequest(chosen.sopClassUid, instanceUid(0));
      const stream = dataPdus([header, pixels], maximum);
      const firstPdu = 6 + stream.readUInt32BE(2);
      if (firstPdu < header.length) throw new Error(`the peer takes PDUs of ${maximum} bytes, too few for the bench`);
      return { head: Buffer.concat([command, stream.subarray(0, firstPdu)]), rest: stream.subarray(firstPdu), length };
    });
  }

  /** Messages with heads of their own. */
  forAssociation() {
    return new OwnMessages(this);
  }
}

class OwnMessages {
  constructor({ chosen, messages }) {
    this.chosen = chosen;
    this.own = messages.map(({ head, rest, length }) => ({
      head: Buffer.from(head),
      rest,
      length,
      places: placesIn(head),
    }));
  }

  /** The message of an instance by its number; good until the next one is asked for. */
  of(number) {
    const { series, study, template } = placeOf(number, this.chosen);
    const message = this.own[template];
    const { head, places } = message;
    for (const place of places.instance) head.write(instanceUid(number), place, 'latin1');
    for (const place of places.series) head.write(seriesUid(series), place, 'latin1');
    for (const place of places.study) head.write(studyUid(study), place, 'latin1');
    return message;
  }
}

const placesIn = (head) => ({
  instance: occurrences(head, instanceUid(0)),
  series: occurrences(head, seriesUid(0)),
  study: occurrences(head, studyUid(0)),
});

function occurrences(bytes, text) {
  const found = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) found.push(at);
  return found;
}
