import { randomBytes } from 'node:crypto';

const ALL_ZERO = /^0+$/;

/** Random hexadecimal digits, not all of them zero: W3C Trace Context 3.2.2.3 and 3.2.2.4 forbid that. */
const randomId = (bytes: number): string => {
  for (;;) {
    const id = randomBytes(bytes).toString('hex');
    if (!ALL_ZERO.test(id)) return id;
  }
};

/** Begins a trace: a `traceparent` of version 00 (W3C Trace Context 3.2) with a new trace, sampled. */
export const newTraceparent = (): string => `00-${randomId(16)}-${randomId(8)}-01`;
