import { readPdvs } from '../input/read-pdus.mjs';
import { PduStream } from './pdu-stream.mjs';

const DATA = 4;
const upwards = { 1: 'association request', 5: 'release request' };
const downwards = { 2: 'association accepted', 4: 'object answered', 6: 'released' };
const isEndOfObject = ({ control }) => (control & 3) === 2;

/**
 * Reads an association along. Steps: `association request`, `object` (its last byte) and `release request` on their way up,
 * `association accepted`, `object answered` and `released` down.
 */
export class DicomTap {
  #up = new PduStream();
  #down = new PduStream();

  up(chunk) {
    return this.#up.push(chunk).flatMap(({ type, body }) => {
      if (type === DATA) return readPdvs(body).some(isEndOfObject) ? ['object'] : [];
      return upwards[type] ?? [];
    });
  }

  down(chunk) {
    return this.#down.push(chunk).flatMap(({ type }) => downwards[type] ?? []);
  }
}
