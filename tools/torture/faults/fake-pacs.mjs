import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { abortRequest, command, item, maximumLength, pdu, ui, us } from '../input/encode.mjs';
import { numberIn, readCommand, readPdvs, textIn } from '../input/read-pdus.mjs';
import { PduStream } from './pdu-stream.mjs';

const REQUEST = 1;
const DATA = 4;
const RELEASE = 5;
const TITLES_END = 68;
const SUCCESS = 0x0000;
const OUT_OF_RESOURCES = 0xa700;

/** A PACS that writes down every object it took whole, and whose mood changes. */
export class FakePacs {
  /** Every object that came whole, in order. */
  came = [];
  /** `well`, `slow`, `full` (out of resources), `refusing` (associations), `aborting`, `silent`. */
  mood = 'well';
  /** How often somebody met with another mood than `well`. */
  toll = 0;
  #sockets = new Set();
  #server;

  static async listen(name) {
    const pacs = new FakePacs();
    pacs.name = name;
    pacs.#server = createServer({ noDelay: true }, (socket) => pacs.#join(socket));
    await new Promise((resolve) => pacs.#server.listen(0, '127.0.0.1', resolve));
    return pacs;
  }

  get port() {
    return this.#server.address().port;
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(socket) {
    const visit = { association: randomUUID(), command: [], open: undefined };
    const stream = new PduStream();
    this.#sockets.add(socket);
    let last = Promise.resolve();
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      const pdus = stream.push(chunk);
      last = last.then(async () => {
        for (const one of pdus) await this.#answer(socket, visit, one);
      });
    });
  }

  async #answer(socket, visit, { type, body }) {
    if (type === REQUEST) {
      if (this.mood === 'refusing') this.toll += 1;
      if (this.mood === 'refusing') socket.end(pdu(3, Buffer.from([0, 2, 3, 2])));
      else socket.write(acceptance(body));
    } else if (type === RELEASE) socket.end(pdu(6, Buffer.alloc(4)));
    else if (type === DATA) for (const part of readPdvs(body)) await this.#take(socket, visit, part);
    else socket.destroy();
  }

  async #take(socket, visit, { id, control, value }) {
    const last = (control & 2) !== 0;
    if ((control & 1) !== 0) {
      visit.command.push(value);
      if (!last) return;
      const elements = readCommand(Buffer.concat(visit.command));
      visit.command = [];
      visit.open = { elements, hash: createHash('sha256') };
    } else {
      visit.open?.hash.update(value);
      if (last && visit.open !== undefined) await this.#stored(socket, id, visit);
    }
  }

  /** An object came whole: it is written down, whatever becomes of the answer. */
  async #stored(socket, id, visit) {
    const { elements, hash } = visit.open;
    visit.open = undefined;
    const sopInstanceUid = textIn(elements, 0x1000);
    const status = this.mood === 'full' ? OUT_OF_RESOURCES : SUCCESS;
    const entry = {
      target: this.name,
      association: visit.association,
      sopInstanceUid,
      dataSetSha256: hash.digest('hex'),
    };
    const came = { ...entry, status, answered: false, at: Date.now() };
    this.came.push(came);
    if (this.mood !== 'well') this.toll += 1;
    if (this.mood === 'slow') await delay(100);
    if (this.mood === 'aborting') socket.end(abortRequest());
    else if (this.mood !== 'silent' && socket.writable) {
      socket.write(storeResponse(id, elements, status));
      came.answered = true;
    }
  }
}

const storeResponse = (id, elements, status) =>
  command(
    id,
    new Map([
      [0x0002, ui(textIn(elements, 0x0002))],
      [0x0100, us(0x8001)],
      [0x0120, us(numberIn(elements, 0x0110))],
      [0x0800, us(0x0101)],
      [0x0900, us(status)],
      [0x1000, ui(textIn(elements, 0x1000))],
    ]),
  );

/** A-ASSOCIATE-AC that takes the first transfer syntax of every context (PS3.8 9.3.3). */
const acceptance = (request) => {
  const contexts = itemsIn(request.subarray(TITLES_END)).filter(({ type }) => type === 0x20);
  const accepted = contexts.map(({ value }) => {
    const syntax = itemsIn(value.subarray(4)).find(({ type }) => type === 0x40);
    return item(0x21, Buffer.from([value[0], 0, 0, 0]), item(0x40, syntax.value));
  });
  const user = item(0x50, maximumLength(131_072), item(0x52, '2.25.1583000000000000000000000002'));
  const application = item(0x10, '1.2.840.10008.3.1.1.1');
  return pdu(2, Buffer.concat([request.subarray(0, TITLES_END), application, ...accepted, user]));
};

const itemsIn = (bytes) => {
  const items = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    items.push({ type: bytes[at], value: bytes.subarray(at + 4, end) });
    at = end;
  }
  return items;
};
