import type { WebhookChannel } from '@waystation/events';
import { HttpEndpoint, verdictOn, type Answer } from '@waystation/outbound-http';
import type { Secrets } from '@waystation/secrets';
import { failure, oneLine, type Outcome } from './outcome.js';

/** A message as it goes to an endpoint. */
export interface WebhookMessage {
  /** The same however often it is sent: by it an endpoint tells a message that came twice. */
  readonly id: string;
  readonly attempt: number;
  readonly mayRepeat: boolean;
  readonly body: string;
}

/** Characters of an answer that are quoted where it is a failure. */
const QUOTED = 200;
/** Bytes of it that are looked through: the token is taken out before it is cut, and not cut in two. */
const KEPT = 16_384;

/** What a channel may not say, because the connection does. */
const reserved: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'content-type', 'expect', 'host', 'keep-alive', 'te', 'trailer'],
  ...['idempotency-key', 'transfer-encoding', 'upgrade', 'user-agent'],
]);

/**
 * Tells by an HTTP POST; any 2xx is a receipt.
 * @throws CodedError `secret.unavailable`
 */
export const sendWebhook = async (
  channel: WebhookChannel,
  message: WebhookMessage,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<Outcome> => {
  const token = channel.bearerToken === undefined ? '' : await secrets.of(channel.bearerToken);
  const { url, caFile, timeoutSeconds } = channel;
  const endpoint = new HttpEndpoint({ url, caFile, timeoutSeconds, keep: KEPT });
  try {
    const answer = await endpoint.post(message.body, headersOf(channel, message, token), signal);
    return outcomeOf(answer, channel.identity ? undefined : token);
  } finally {
    endpoint.close();
  }
};

const headersOf = (
  { contentType, headers }: WebhookChannel,
  { id, attempt, mayRepeat }: WebhookMessage,
  token: string,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !reserved.has(name)),
  ),
  'content-type': contentType,
  'user-agent': 'Waystation',
  'idempotency-key': id,
  'waystation-attempt': String(attempt),
  ...(mayRepeat ? { 'waystation-may-repeat': 'true' } : {}),
  ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
});

/** @param token what is not quoted; undefined where nothing is, because the message names a patient and may be sent back */
const outcomeOf = (answer: Answer, token: string | undefined): Outcome => {
  const verdict = verdictOn(answer);
  if (verdict.kind === 'accepted') return { receipt: 'status' in answer ? `HTTP ${answer.status}` : '' };
  const { code, reason } = verdict;
  const quoted = token === undefined || !('status' in answer) ? '' : quote(answer.text ?? '', token);
  return failure(code, quoted === '' ? reason : `${reason}: ${quoted}`, {
    retryable: verdict.kind === 'failed',
    uncertain: leavesDoubt(code),
    retryAfterMs: verdict.kind === 'failed' ? verdict.retryAfterMs : 0,
  });
};

const quote = (text: string, token: string): string =>
  oneLine(token === '' ? text : text.replaceAll(token, '***'), QUOTED);

/** Failures before anything of the message left, and answers that say that it was not taken. */
const certain =
  /^webhook\.(econnrefused|enotfound|eai-again|ehostunreach|enetunreach|forbidden-address|enoent|eacces|cert-|unable-to-|self-signed|depth-zero|err-tls|err-ssl|err-invalid-char|http-(?!408|502|504))/;

const leavesDoubt = (code: string): boolean => !certain.test(code);
