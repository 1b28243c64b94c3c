import { CodedError, hasCode } from '@waystation/kernel';
import { dimseStatuses } from '../dimse/dimse-statuses.js';
import type { ObjectData } from './object-data.js';
import type { StoreAnswer } from './store-scp-handlers.js';

const CODE = 'dicom-network.object-too-large';

/** How much of an object that is too large is let go by, in multiples of the limit, before its peer is broken off. */
const PATIENCE = 2;

export const isTooLarge = (error: unknown): boolean => hasCode(error, CODE);

/** Holds one object against the number of bytes that are taken. */
export class SizeLimit {
  private bytes = 0;

  /** @param limit bytes of a data set */
  constructor(
    private readonly limit: number,
    private readonly data: ObjectData,
  ) {}

  /**
   * Counts bytes that came in. The first one too many fails the data; the rest is waited for, so that the peer gets its
   * answer, but not for ever.
   * @throws CodedError `dicom-network.object-too-large` where twice the limit is not the end
   */
  count(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes <= this.limit) return;
    const error = new CodedError(CODE, `An object has more than the ${this.limit} bytes that are taken`);
    if (this.bytes > this.limit * PATIENCE) throw error;
    this.data.fail(error);
  }

  /** What the peer is told whatever was made of the object, or undefined where it is not too large. */
  get refusal(): StoreAnswer | undefined {
    if (this.bytes <= this.limit) return undefined;
    return { status: dimseStatuses.outOfResources.code, comment: `larger than ${this.limit} bytes` };
  }
}
