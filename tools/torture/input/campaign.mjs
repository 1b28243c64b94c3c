import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../../setup/say.mjs';
import { attacks } from './attacks.mjs';
import { crowds } from './crowds.mjs';
import { fuzzed } from './fuzz.mjs';
import { Ledger } from './ledger.mjs';
import { sampleAttacks } from './samples.mjs';
import { speak } from './speak.mjs';

/** What the batches of changed conversations are called. */
export const BY_CHANCE = 'changed by chance';

const AT_A_TIME = 8;
const WARM_UP = 60;
const FUZZ_BATCH = 1_000;
const SETTLE_MS = 1_000;

/** One run against a receiver: batch after batch, with what the process holds after each. */
export class Campaign {
  ledger = new Ledger();
  batches = [];
  /** Conversations that are not over: one of them did it, where the receiver is gone. */
  underWay = new Set();
  /** What the process held when it had done everything once; undefined where one conversation is sent. */
  beginning;

  constructor(receiver, options) {
    Object.assign(this, { receiver, options });
  }

  /** Stops where the receiver is gone. */
  async run() {
    const { seed, skipped, only } = this.options;
    if (only !== undefined) {
      const conversation = fuzzed(seed, only);
      return this.#batch(conversation.name, () => this.#all([conversation]));
    }
    await this.#batch('warm-up', () => this.#all(this.#fuzzed(WARM_UP, 'warm-up')));
    if (!skipped.has('attacks')) await this.#batch('attacks by name', () => this.#all(attacks(seed)));
    // What a process needs once is not what it loses.
    this.beginning = this.batches.at(-1)?.held;
    if (!skipped.has('samples')) await this.#batch('damaged files', () => this.#all(sampleAttacks()));
    if (!skipped.has('crowds'))
      for (const name of Object.keys(crowds)) await this.#batch(name, () => this.#crowd(name));
    if (!skipped.has('fuzz')) await this.#fuzz();
  }

  async #fuzz() {
    const { seed, associations } = this.options;
    for (let from = 0; from < associations; from += FUZZ_BATCH) {
      const count = Math.min(FUZZ_BATCH, associations - from);
      const name = `${BY_CHANCE}, ${from} to ${from + count - 1}`;
      await this.#batch(name, () => this.#all(this.#fuzzed(count, seed, from)));
    }
  }

  *#fuzzed(count, seed, from = 0) {
    for (let number = from; number < from + count; number += 1) yield fuzzed(seed, number);
  }

  async #batch(name, attack) {
    if (!this.receiver.lives) return;
    const [connections, startedAt] = [this.ledger.connections, performance.now()];
    await attack();
    if (!this.receiver.lives) return;
    await delay(SETTLE_MS);
    const held = await this.receiver.measure();
    const seconds = (performance.now() - startedAt) / 1_000;
    this.batches.push({ name, connections: this.ledger.connections - connections, seconds, held });
    say(`${name}: ${this.ledger.connections - connections} connections in ${seconds.toFixed(1)} s`);
  }

  /** Several at a time, in order. */
  async #all(conversations) {
    const waiting = conversations[Symbol.iterator]();
    const work = async () => {
      for (let next = waiting.next(); !next.done && this.receiver.lives; next = waiting.next()) {
        const conversation = next.value;
        this.underWay.add(conversation.name);
        this.ledger.note(conversation, await speak(this.receiver.port, conversation.chunks, conversation));
        if (this.receiver.lives) this.underWay.delete(conversation.name);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  }

  async #crowd(name) {
    const outcomes = await crowds[name](this.receiver.port, this.options.seed);
    for (const { conversation, outcome } of outcomes) this.ledger.note(conversation, outcome);
  }
}
