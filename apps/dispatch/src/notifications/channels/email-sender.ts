import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { EmailChannel } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import { allowedAddressOf } from '@waystation/outbound-http';
import type { Secrets } from '@waystation/secrets';
import { failure, oneLine, type Outcome } from './outcome.js';

/** A message as it goes to a mail server. */
export interface EmailMessage {
  /** The same however often it is sent: it is part of the Message-ID (RFC 5322 3.6.4). */
  readonly id: string;
  readonly mayRepeat: boolean;
  readonly subject: string;
  readonly body: string;
  readonly bodyType: EmailChannel['bodyType'];
}

/**
 * Tells by e-mail (RFC 5321, RFC 3207, RFC 8314); that the server took it is the receipt.
 * @throws CodedError `secret.unavailable`, `webhook.forbidden-address`; what looking up the host and reading the file throw
 */
export const sendEmail = async (
  channel: EmailChannel,
  message: EmailMessage,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<Outcome> => {
  const { createTransport } = await import('nodemailer'); // loaded where rules tell somebody by e-mail
  const transport = createTransport(await connectionTo(channel, secrets));
  const timeout = AbortSignal.timeout(channel.timeoutSeconds * 1000);
  const ended = AbortSignal.any([signal, timeout]);
  try {
    const sending = transport.sendMail(envelopeOf(channel, message));
    const info = await unlessAborted(sending, ended);
    const left = info.rejected.length === 0 ? '' : `; refused for ${info.rejected.length} of ${channel.to.length}`;
    return { receipt: oneLine(`${channel.identity ? '250' : info.response}${left}`, 300) };
  } catch (error) {
    if (timeout.aborted && !signal.aborted)
      return failure('email.timeout', `no answer within ${channel.timeoutSeconds} s`, { uncertain: true });
    return failureOf(error, channel.identity);
  } finally {
    transport.close();
  }
};

const connectionTo = async (
  { host, port, tls, user, password, caFile, timeoutSeconds }: EmailChannel,
  secrets: Secrets,
) => {
  const milliseconds = timeoutSeconds * 1000;
  return {
    host: await allowedAddressOf(host),
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    tls: {
      minVersion: 'TLSv1.2' as const,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(caFile === undefined ? {} : { ca: await readFile(caFile, 'utf8') }),
    },
    ...(user === undefined ? {} : { auth: { user, pass: password === undefined ? '' : await secrets.of(password) } }),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
  };
};

const envelopeOf = ({ from, to }: EmailChannel, { id, mayRepeat, subject, body, bodyType }: EmailMessage) => ({
  from,
  to: [...to],
  subject: oneLine(subject, 500),
  ...(bodyType === 'html' ? { html: body } : { text: body }),
  messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  headers: {
    // No vacation notice answers it (RFC 3834 5).
    'Auto-Submitted': 'auto-generated',
    'X-Waystation-Notification': id,
    ...(mayRepeat ? { 'X-Waystation-May-Repeat': 'true' } : {}),
  },
  // What is said is never read from elsewhere.
  disableFileAccess: true,
  disableUrlAccess: true,
});

const unlessAborted = <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(new CodedError('email.stopped', 'it was broken off'));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

interface MailError {
  readonly code?: string;
  readonly syscall?: string;
  readonly command?: string;
  /** The server's reply (RFC 5321 4.2). */
  readonly responseCode?: number;
}

/** Failures before the message left. */
const certain: ReadonlySet<string> = new Set(['EDNS', 'EAUTH', 'ETLS', 'EENVELOPE', 'ENOENT', 'EACCES']);

/** @param isPrivate whether the message names a patient: a server may quote it */
const failureOf = (error: unknown, isPrivate: boolean): Outcome => {
  const { code = '', command = '', responseCode, syscall } = error as MailError;
  const answered = responseCode !== undefined;
  const about = answered ? `the mail server answered ${responseCode}${command === '' ? '' : ` to ${command}`}` : '';
  return failure(
    answered
      ? `email.smtp-${responseCode}`
      : `email.${code === '' ? 'failed' : code.toLowerCase().replaceAll('_', '-')}`,
    isPrivate && answered ? about : messageOf(error),
    {
      // 5yz is for good (RFC 5321 4.2.1), but a login that is refused says nothing of the message.
      retryable: !(answered && responseCode >= 500 && code !== 'EAUTH' && command !== 'CONN'),
      uncertain: !answered && syscall !== 'connect' && !certain.has(code),
    },
  );
};
