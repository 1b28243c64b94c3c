import { CodedError, messageOf } from '@waystation/kernel';
import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { lastRoutingTag } from '../dictionary/routing-elements.js';
import { tagText } from '../dictionary/tag-text.js';
import type { DataSetWalker } from './data-set-walker.js';
import { hasZlibHeader } from './has-zlib-header.js';
import type { HeaderLimits } from './header-limits.js';
import type { HeaderWarnings } from './header-warnings.js';

const FIRST_ATTEMPT_BYTES = 4096;

/**
 * Inflates the beginning of a deflated data set (PS3.5 A.5), as much as the routing header needs: a prefix of 4 KB,
 * then four times as much, and so on, each from the start. A prefix inflates to a prefix, so the walker only sees what
 * is new. Memory is bounded by the limits; a bomb is noticed before it goes off. What is behind the header is not
 * inflated, and so a cut in it is not noticed. Where the limits end before the last private element that is wanted, but
 * not before the end of the standard ones, what was read until then counts.
 */
export class DeflatedHeader {
  private readonly pieces: Buffer[] = [];
  private gathered = 0;
  private nextAttempt: number;
  private walked = 0;
  private done = false;

  /** @param lastTag behind which nothing is wanted */
  constructor(
    private readonly walker: DataSetWalker,
    private readonly warnings: HeaderWarnings,
    private readonly limits: HeaderLimits,
    private readonly lastTag: number,
  ) {
    this.nextAttempt = Math.min(FIRST_ATTEMPT_BYTES, limits.deflatedBytes);
  }

  /** Throws `dicom.malformed` or `dicom.limit-exceeded`. */
  push(piece: Buffer): void {
    let at = 0;
    while (at < piece.length && !this.done) {
      const step = Math.min(piece.length - at, this.nextAttempt - this.gathered);
      // The caller may use the piece again, and this one waits.
      this.pieces.push(Buffer.from(piece.subarray(at, at + step)));
      this.gathered += step;
      at += step;
      if (this.gathered === this.nextAttempt) this.attempt();
    }
  }

  /** Throws the same, and `dicom.truncated`. */
  end(): void {
    if (this.done) return;
    this.walk(constants.Z_FINISH);
    if (!this.done && this.walker.reached <= this.lastTag) this.walker.end();
  }

  private attempt(): void {
    this.walk(constants.Z_SYNC_FLUSH);
    if (this.walker.reached > this.lastTag) this.done = true;
    else if (this.gathered >= this.limits.deflatedBytes) this.giveUp(`${this.gathered} compressed bytes`);
    if (this.done) this.pieces.length = 0;
    this.nextAttempt = Math.min(this.nextAttempt * 4, this.limits.deflatedBytes);
  }

  private walk(finishFlush: number): void {
    const inflated = this.inflate(Buffer.concat(this.pieces), finishFlush);
    if (inflated === undefined) return;
    this.walker.push(inflated.subarray(this.walked));
    this.walked = inflated.length;
  }

  private inflate(bytes: Buffer, finishFlush: number): Buffer | undefined {
    if (bytes.length === 0) return bytes;
    const options = { finishFlush, maxOutputLength: this.limits.inflatedBytes };
    try {
      return hasZlibHeader(bytes) ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ERR_BUFFER_TOO_LARGE') return this.giveUp(`${this.limits.inflatedBytes} inflated bytes`);
      const kind = code === 'Z_BUF_ERROR' ? 'dicom.truncated' : 'dicom.malformed';
      throw new CodedError(kind, `deflated data set of ${bytes.length} bytes does not inflate: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  private giveUp(measure: string): undefined {
    const { reached } = this.walker;
    if (reached <= lastRoutingTag) {
      throw new CodedError('dicom.limit-exceeded', `header of the deflated data set does not end within ${measure}`);
    }
    this.done = true;
    const behind = `what comes behind element ${tagText(reached)} of the deflated data set is not looked at`;
    this.warnings.add('dicom.value-left-out', () => `${behind}: it does not end within ${measure}`);
  }
}
