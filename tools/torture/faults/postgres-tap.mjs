const EVENT_TYPE = /[a-z]+\.[a-z-]+\.v\d+/g;
const HEAD = 5;

/** Cuts one direction of a connection to Postgres into messages. */
class Messages {
  #held = Buffer.alloc(0);

  /** @param startup whether the first message has no type, as that of a caller (PostgreSQL, 55.7) */
  constructor(startup) {
    this.startup = startup;
  }

  *push(chunk) {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    while (this.#held.length >= HEAD) {
      const end = this.startup ? this.#held.readUInt32BE(0) : 1 + this.#held.readUInt32BE(1);
      if (this.#held.length < end) return;
      const type = this.startup ? '' : String.fromCharCode(this.#held[0]);
      const body = this.#held.subarray(HEAD, end);
      this.#held = this.#held.subarray(end);
      this.startup = false;
      yield { type, body };
    }
  }
}

/**
 * Reads a connection to Postgres along. Steps: `append of TYPE` on its way up (the statement is not executed before its bytes
 * go on) and `appended TYPE` on its way down (it is committed); `claim` and `claimed` of timers.
 */
export class PostgresTap {
  #up = new Messages(true);
  #down = new Messages(false);
  /** What the statements under way are about, a list each. */
  #underWay = [];
  #statement = [];
  #row = false;

  up(chunk) {
    const steps = [];
    for (const { type, body } of this.#up.push(chunk)) {
      if (type === 'P' || type === 'B') this.#statement.push(...subjectsOf(body));
      if (type === 'Q' || type === 'S') {
        const subjects = type === 'Q' ? subjectsOf(body) : this.#statement;
        this.#underWay.push(subjects);
        steps.push(...subjects.map((one) => (one === 'claim' ? one : `append of ${one}`)));
        this.#statement = [];
      }
    }
    return [...new Set(steps)];
  }

  down(chunk) {
    const steps = [];
    for (const { type } of this.#down.push(chunk)) {
      if (type === 'D') this.#row = true;
      if (type !== 'Z') continue;
      // The first is the end of the greeting.
      const subjects = this.#greeted ? (this.#underWay.shift() ?? []) : [];
      this.#greeted = true;
      if (this.#row) steps.push(...subjects.map((one) => (one === 'claim' ? 'claimed' : `appended ${one}`)));
      this.#row = false;
    }
    return [...new Set(steps)];
  }

  #greeted = false;
}

const subjectsOf = (body) => {
  const text = body.toString('latin1');
  if (text.includes('claim_timers')) return ['claim'];
  return text.includes('log-append') ? (text.match(EVENT_TYPE) ?? []) : [];
};
