const HEAD = 7;
const METHOD = 1;
const BASIC = 60;
const PUBLISH = 40;
const DELIVER = 60;
const ACK = 80;

/** Cuts one direction of a connection to a broker into the frames of AMQP 0-9-1. */
class Frames {
  #held = Buffer.alloc(0);
  #greeting;

  constructor(greeting) {
    this.#greeting = greeting;
  }

  /** The methods of the class basic, by number. */
  *push(chunk) {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (this.#greeting > 0) {
      if (this.#held.length < this.#greeting) return;
      this.#held = this.#held.subarray(this.#greeting);
      this.#greeting = 0;
    }
    while (this.#held.length >= HEAD) {
      const end = HEAD + this.#held.readUInt32BE(3) + 1;
      if (this.#held.length < end) return;
      const frame = this.#held.subarray(0, end);
      this.#held = this.#held.subarray(end);
      if (frame[0] === METHOD && frame.readUInt16BE(HEAD) === BASIC) yield frame.readUInt16BE(HEAD + 2);
    }
  }
}

const upwards = { [PUBLISH]: 'publish', [ACK]: 'acknowledge' };
const downwards = { [DELIVER]: 'news', [ACK]: 'confirmed' };
const named = (methods, names) => [...new Set(methods.map((method) => names[method]).filter(Boolean))];

/** Reads a connection to RabbitMQ along. Steps: `publish` and `acknowledge` on their way up, `news` and `confirmed` down. */
export class AmqpTap {
  #up = new Frames('AMQP0091'.length);
  #down = new Frames(0);

  up(chunk) {
    return named([...this.#up.push(chunk)], upwards);
  }

  down(chunk) {
    return named([...this.#down.push(chunk)], downwards);
  }
}
