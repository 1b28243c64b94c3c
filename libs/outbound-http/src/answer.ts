/** What came of a request. */
export type Answer =
  | {
      readonly status: number;
      readonly retryAfterMs?: number;
      /** The beginning of what was said, where it is to be kept. */
      readonly text?: string;
    }
  /** None came: why, in a code and a sentence. */
  | { readonly code: string; readonly reason: string };

/** What it means for what was sent. */
export type Verdict =
  | { readonly kind: 'accepted' }
  /** About what was sent: something else may fare better. */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  /** About the endpoint: anything would fare so, and it may pass. */
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string; readonly retryAfterMs: number };

/**
 * Client errors (RFC 9110 15.5, RFC 6585) that say something about the endpoint or the way to it, not about what was sent: who
 * may call, where it is, how much at a time.
 */
const aboutTheEndpoint: ReadonlySet<number> = new Set([
  401, 402, 403, 404, 405, 407, 408, 410, 421, 423, 424, 425, 426, 429, 451,
]);

/** Decides what an answer means. */
export const verdictOn = (answer: Answer): Verdict => {
  if (!('status' in answer)) return { kind: 'failed', ...answer, retryAfterMs: 0 };
  const { status, retryAfterMs = 0 } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const [code, reason] = [`webhook.http-${status}`, `the endpoint answered ${status}`];
  const isRefusal = status >= 400 && status < 500 && !aboutTheEndpoint.has(status);
  return isRefusal ? { kind: 'refused', code, reason } : { kind: 'failed', code, reason, retryAfterMs };
};

const LONGEST_WAIT_MS = 3_600_000;

/** Milliseconds that a `Retry-After` asks for (RFC 9110 10.2.3), at most an hour; undefined where it says nothing. */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
};
