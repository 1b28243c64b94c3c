import { createHmac } from 'node:crypto';

/** What a request is recognised and proved by. */
export interface SignedHeaders {
  /** The position of the event: the same however often it is sent. */
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature'?: string;
}

const BASE64_SECRET = /^whsec_/;

/**
 * Signs a request after Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, one signature for each secret, so that
 * an endpoint can go from one secret to the next.
 * @param at milliseconds since 1970
 */
export const signRequest = (
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: number },
  secrets: readonly string[],
): SignedHeaders => {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${signature}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
};

/** `whsec_` and Base64, or the bytes of the text itself. */
const keyOf = (secret: string): Buffer =>
  BASE64_SECRET.test(secret) ? Buffer.from(secret.replace(BASE64_SECRET, ''), 'base64') : Buffer.from(secret);

/** The secrets of a file: one a line. */
export const secretsOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
