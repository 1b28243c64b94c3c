import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { associateRequest, maximumLengthOf, pduTypes, releaseRequest, statusOf } from './pdus.mjs';

const PATIENCE_MS = 60_000;

/** One association of the sender: an object at a time, the next one when the last is answered. */
export class Association {
  #socket;
  #pending = Buffer.alloc(0);
  #waiting;

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#received(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the receiver closed the connection')));
  }

  /** Waits until the receiver listens. */
  static async open(port, request) {
    const socket = await connected(port, performance.now() + PATIENCE_MS);
    socket.setNoDelay(true);
    const association = new Association(socket);
    const { type, body } = await association.#exchange([associateRequest(request)]);
    if (type !== pduTypes.accept) throw new Error(`the receiver answered the association with a PDU of type ${type}`);
    association.maximum = maximumLengthOf(body);
    return association;
  }

  /** Sends an object. Throws unless its status is Success. */
  async store({ head, rest }) {
    const { type, body } = await this.#exchange([head, rest]);
    if (type !== pduTypes.data) throw new Error(`the receiver answered an object with a PDU of type ${type}`);
    const status = statusOf(body);
    if (status !== 0) throw new Error(`the receiver answered an object with status ${status.toString(16)}`);
  }

  async release() {
    await this.#exchange([releaseRequest()]);
    this.#socket.destroy();
  }

  #exchange(parts) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.cork();
      for (const part of parts) if (part.length > 0) this.#socket.write(part);
      this.#socket.uncork();
    });
  }

  #received(chunk) {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (this.#pending.length < 6) return;
    const end = 6 + this.#pending.readUInt32BE(2);
    if (this.#pending.length < end) return;
    const [type, body] = [this.#pending[0], this.#pending.subarray(6, end)];
    this.#pending = this.#pending.subarray(end);
    this.#waiting?.resolve({ type, body });
  }

  #fail(error) {
    this.#waiting?.reject(error);
  }
}

async function connected(port, deadline) {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' });
    try {
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      return socket;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}
