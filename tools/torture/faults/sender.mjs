import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { associateRequest, context, releaseRequest, store } from '../input/encode.mjs';
import { numberIn, readCommand, readPdvs } from '../input/read-pdus.mjs';
import { PduStream } from './pdu-stream.mjs';

const ACCEPTED = 2;
const DATA = 4;
const RELEASED = 6;
const STATUS = 0x0900;
/** A receiver that says nothing for so long is given up, as scanners do. */
const PATIENCE_MS = 10_000;

/** A connection as a scanner has it: sends and waits for the next PDU. */
class Connection {
  #pdus = [];
  #stream = new PduStream();
  #wake = () => undefined;
  #ended = false;

  constructor(port) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk) => {
      this.#pdus.push(...this.#stream.push(chunk));
      this.#wake();
    });
    this.socket.on('error', () => undefined).on('close', () => this.#end());
  }

  write(...pdus) {
    for (const pdu of pdus) this.socket.write(pdu);
  }

  /** The next PDU; undefined where none comes. */
  async next() {
    const patience = setTimeout(() => this.socket.destroy(), PATIENCE_MS);
    while (this.#pdus.length === 0 && !this.#ended) await new Promise((resolve) => (this.#wake = resolve));
    clearTimeout(patience);
    return this.#pdus.shift();
  }

  #end() {
    this.#ended = true;
    this.#wake();
  }
}

const statusIn = (pdu) => numberIn(readCommand(Buffer.concat(readPdvs(pdu.body).map(({ value }) => value))), STATUS);

/**
 * Sends objects over one association, one after the other, until one gets no answer.
 * @param options.breakOff the PDU, counted from the association request as 0, after which the sender vanishes
 * @param tell is told of every C-STORE what came of it
 * @returns whether it vanished
 */
export async function sendOnce(port, instances, { name, pauseMs, breakOff = Number.POSITIVE_INFINITY }, tell) {
  const association = randomUUID();
  const connection = new Connection(port);
  let sent = 0;
  const goes = (pdus) => {
    const whole = pdus.slice(0, Math.max(0, breakOff - sent));
    sent += pdus.length;
    connection.write(...whole);
    if (sent >= breakOff) connection.socket.destroySoon();
  };
  try {
    const kinds = kindsOf(instances);
    const contexts = kinds.map(([sopClass, syntax], index) => context(2 * index + 1, sopClass, syntax));
    goes([associateRequest({ calling: name, contexts })]);
    if ((await connection.next())?.type !== ACCEPTED) return sent >= breakOff;
    for (const [index, instance] of instances.entries()) {
      const id = 2 * kinds.findIndex((kind) => isOf(kind, instance)) + 1;
      goes(store(instance, { id, messageId: index + 1 }));
      const answer = await connection.next();
      const status = answer?.type === DATA ? statusIn(answer) : undefined;
      tell(told(name, association, instance, status));
      if (status === undefined) return sent >= breakOff;
      await delay(pauseMs);
    }
    goes([releaseRequest()]);
    for (let last = await connection.next(); last !== undefined && last.type !== RELEASED;)
      last = await connection.next();
    return sent >= breakOff;
  } finally {
    connection.socket.destroy();
  }
}

const isOf = ([sopClass, syntax], instance) =>
  instance.sopClassUid === sopClass && instance.transferSyntaxUid === syntax;

const kindsOf = (instances) => {
  const kinds = [];
  for (const instance of instances)
    if (!kinds.some((kind) => isOf(kind, instance))) kinds.push([instance.sopClassUid, instance.transferSyntaxUid]);
  return kinds;
};

const told = (sender, association, instance, answer) => {
  const { sopInstanceUid, seriesInstanceUid, studyInstanceUid, transferSyntaxUid, sha256, size } = instance;
  const uids = { sopInstanceUid, seriesInstanceUid, studyInstanceUid, transferSyntaxUid };
  return { sender, association, ...uids, sha256, size, answer, at: Date.now() };
};
