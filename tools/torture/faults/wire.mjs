import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How often it is looked whether somebody is on a wire. */
const LOOK_MS = 10;
/** Bytes that a throttled wire lets through at a time. */
const PIECE = 4_096;

/**
 * A wire between two parts: passes connections on, and can stall, throttle and cut. What goes over it is read along by a tap,
 * which tells of the steps of the protocol; a step is announced before its bytes go on and after they went.
 */
export class Wire {
  #server;
  #pairs = new Set();
  #stalled;
  #rate;
  #torn = false;
  /** Connections that were cut or refused so far, and pieces that were held up. */
  toll = 0;

  /**
   * @param owner the service that a fault at a step is about
   * @param to the port behind it, asked anew for every connection
   * @param tap makes the reader of one connection: its `up` and `down` take bytes and name the steps that they complete
   * @param traps are told of every step
   */
  static async listen({ name, owner, to, tap, traps }) {
    const wire = new Wire();
    Object.assign(wire, { name, owner, to, tap, traps });
    wire.#server = createServer({ noDelay: true }, (caller) => wire.#join(caller));
    await new Promise((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get port() {
    return this.#server.address().port;
  }

  /** Waits until somebody is on it, for a while: some are needed now and then only. */
  async used(limitMs) {
    for (const until = Date.now() + limitMs; this.#pairs.size === 0 && Date.now() < until;) await delay(LOOK_MS);
  }

  /** Nothing goes over it until it is let go; connections stay. */
  stall() {
    if (this.#stalled !== undefined) return;
    let resolve;
    const promise = new Promise((go) => (resolve = go));
    this.#stalled = { promise, resolve };
  }

  /** @param rate bytes per second and direction */
  throttle(rate) {
    this.#rate = rate;
  }

  /** Ends every connection, by a reset or in order. */
  cut(reset) {
    this.toll += this.#pairs.size;
    for (const { caller, callee } of this.#pairs)
      for (const socket of [caller, callee]) {
        if (reset) socket.resetAndDestroy();
        else socket.destroy();
      }
  }

  /** Ends every connection, and every new one at once, until it is mended. */
  tear() {
    this.#torn = true;
    this.cut(true);
  }

  /** As new. */
  mend() {
    this.#torn = false;
    this.#rate = undefined;
    this.#stalled?.resolve();
    this.#stalled = undefined;
  }

  async close() {
    this.mend();
    this.cut(false);
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(caller) {
    if (this.#torn) {
      this.toll += 1;
      caller.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const callee = connect({ port: this.to(), host: '127.0.0.1', noDelay: true });
    const pair = { caller, callee, tap: this.tap() };
    this.#pairs.add(pair);
    for (const [socket, other, direction] of [
      [caller, callee, 'up'],
      [callee, caller, 'down'],
    ]) {
      let last = Promise.resolve();
      socket.on('error', () => other.destroy());
      socket.on('data', (chunk) => {
        socket.pause();
        last = this.#pass(pair, direction, chunk, other).then(() => socket.resume());
      });
      socket.on('end', () => void last.then(() => other.end()));
      socket.on('close', () => {
        this.#pairs.delete(pair);
        void last.then(() => other.destroySoon());
      });
    }
  }

  async #pass(pair, direction, chunk, to) {
    if (this.#stalled !== undefined || this.#rate !== undefined) this.toll += 1;
    await this.#stalled?.promise;
    const steps = pair.tap[direction](chunk);
    for (const step of steps) {
      // Whoever breaks something here has the bytes not go on.
      if (await this.traps.sprung(this, step, 'before')) {
        pair.caller.destroy();
        pair.callee.destroy();
        return;
      }
    }
    await this.#write(to, chunk);
    for (const step of steps) await this.traps.sprung(this, step, 'after');
  }

  async #write(to, chunk) {
    for (let at = 0; at < chunk.length && to.writable;) {
      const piece = this.#rate === undefined ? chunk.subarray(at) : chunk.subarray(at, at + PIECE);
      if (this.#rate !== undefined) await delay((piece.length / this.#rate) * 1_000);
      await this.#stalled?.promise;
      at += piece.length;
      if (!to.destroyed && !to.write(piece)) await drained(to);
    }
  }
}

const drained = (socket) =>
  new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
