const REQUEST = /^(PUT|GET) \/\S+ HTTP\/1\.1\r\n/;
const ANSWER = /^HTTP\/1\.1 200 /;

/**
 * Reads a connection to an S3 server along, on which a request waits for the answer to the one before. Steps: `put` and `get` on
 * their way up, `put answered` and `get answered` down.
 */
export class S3Tap {
  #method;

  up(chunk) {
    const method = REQUEST.exec(chunk.subarray(0, 2_048).toString('latin1'))?.[1]?.toLowerCase();
    if (method === undefined) return [];
    this.#method = method;
    return [method];
  }

  down(chunk) {
    if (this.#method === undefined || !ANSWER.test(chunk.subarray(0, 32).toString('latin1'))) return [];
    const step = `${this.#method} answered`;
    this.#method = undefined;
    return [step];
  }
}
