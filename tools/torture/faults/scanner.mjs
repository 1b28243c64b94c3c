import { setTimeout as delay } from 'node:timers/promises';
import { sendOnce } from './sender.mjs';

const AGAIN_MS = 250;

/** A scanner: keeps every object until it is told Success for it. */
export class Scanner {
  /** Every C-STORE with what came of it. */
  sent = [];
  /** After how many PDUs it vanishes, one number for each of its next associations. */
  breaksOff = [];
  /** How often it vanished. */
  toll = 0;
  #stopped = false;

  /** @param ports of the receivers, which take turns */
  constructor(name, ports) {
    Object.assign(this, { name, ports });
  }

  /** Sends associations in their order, the late ones when it is time. Resolves when all is acknowledged, or it was stopped. */
  async run(associations) {
    const startedAt = Date.now();
    for (const { instances, lateMs, pauseMs } of associations) {
      await delay(Math.max(0, startedAt + lateMs - Date.now()));
      await this.#push(instances, pauseMs);
    }
  }

  stop() {
    this.#stopped = true;
  }

  async #push(instances, pauseMs) {
    const waiting = [...instances];
    for (let turn = this.sent.length; waiting.length > 0 && !this.#stopped; turn += 1) {
      const options = { name: this.name, pauseMs, breakOff: this.breaksOff.shift() };
      await sendOnce(this.ports[turn % this.ports.length](), [...waiting], options, (told) => {
        this.sent.push(told);
        const done = waiting.findIndex(({ sopInstanceUid }) => sopInstanceUid === told.sopInstanceUid);
        if (told.answer === 0) waiting.splice(done, 1);
      }).then((vanished) => (this.toll += vanished ? 1 : 0));
      if (waiting.length > 0) await delay(AGAIN_MS);
    }
  }
}
