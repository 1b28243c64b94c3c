import { CodedError } from '@waystation/kernel';

/** Keeps account of bytes that wait in memory: positive when they come in, negative when they are taken. */
export type Account = (bytes: number) => void;

/** What a waiting chunk costs beside its bytes, so that a flood of tiny ones is noticed too. */
const CHUNK_COST = 128;

type Step = IteratorResult<Buffer, undefined>;
const DONE: Step = { done: true, value: undefined };

/**
 * The data set of one object on its way from the socket to its consumer: a queue that is empty as long as the consumer
 * keeps up. It bounds nothing itself; whoever pushes stops when the account is overdrawn.
 */
export class ObjectData implements AsyncIterableIterator<Buffer> {
  private readonly chunks: Buffer[] = [];
  private taker: { resolve(step: Step): void; reject(error: CodedError): void } | undefined;
  private state: 'coming' | 'complete' | 'lost' = 'coming';
  private discarded = false;
  private failure: CodedError | undefined;
  private settle: (() => void) | undefined;

  constructor(private readonly account: Account) {}

  /** Resolves when nothing more comes: the object is complete, or lost. */
  readonly settled = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  get complete(): boolean {
    return this.state === 'complete';
  }

  push(bytes: Buffer): void {
    if (this.discarded) return;
    if (this.taker !== undefined) return this.give({ done: false, value: bytes });
    this.chunks.push(bytes);
    this.account(bytes.length + CHUNK_COST);
  }

  end(): void {
    this.state = 'complete';
    this.settle?.();
    if (this.taker !== undefined) this.give(DONE);
  }

  /** The rest will not come. Does nothing where the object is complete. */
  lose(because: string): void {
    if (this.state !== 'coming') return;
    this.state = 'lost';
    this.settle?.();
    this.fail(new CodedError('dicom-network.connection-lost', `The association ended inside an object: ${because}`));
  }

  /** Gives the consumer this error instead of the rest, which goes by. The first error stays. */
  fail(error: CodedError): void {
    this.failure ??= error;
    this.discarded = true;
    this.drop();
    const taker = this.taker;
    this.taker = undefined;
    taker?.reject(this.failure);
  }

  /** Lets the rest go by. */
  discard(): void {
    this.discarded = true;
    this.drop();
    if (this.taker !== undefined) this.give(DONE);
  }

  next(): Promise<Step> {
    const bytes = this.chunks.shift();
    if (bytes !== undefined) {
      this.account(-bytes.length - CHUNK_COST);
      return Promise.resolve({ done: false, value: bytes });
    }
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.discarded || this.complete) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      this.taker = { resolve, reject };
    });
  }

  return(): Promise<Step> {
    this.discard();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private give(step: Step): void {
    const taker = this.taker;
    this.taker = undefined;
    taker?.resolve(step);
  }

  private drop(): void {
    for (const bytes of this.chunks.splice(0)) this.account(-bytes.length - CHUNK_COST);
  }
}
