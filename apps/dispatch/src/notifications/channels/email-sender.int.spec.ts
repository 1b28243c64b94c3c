import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { EmailChannel } from '@waystation/events';
import { Secrets } from '@waystation/secrets';
import { TestAuthority } from '@waystation/testing';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sendEmail, type EmailMessage } from './email-sender.js';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: unknown;
  readonly secure: boolean;
  readonly text: string;
}
interface Answers {
  /** By recipient: the reply to it. */
  readonly refuse?: Readonly<Record<string, number>>;
  /** The reply behind the message; 0: none. */
  readonly data?: number;
}

const mails: Mail[] = [];
const servers: SMTPServer[] = [];
let authority: TestAuthority;
let tls: { readonly cert: string; readonly key: string };
beforeAll(async () => {
  authority = await TestAuthority.create();
  const { certificate: cert, key } = await authority.issue('mail');
  tls = { cert, key };
});
afterEach(async () => {
  mails.length = 0;
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});
afterAll(() => authority.remove());

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** A mail server. @returns its port */
const mailServer = async (options: object = {}, answers: Answers = {}): Promise<number> => {
  const server = new SMTPServer({
    ...tls,
    closeTimeout: 100,
    authOptional: true,
    onAuth: ({ username, password }, _session, callback) =>
      password === 'hush' ? callback(null, { user: username ?? '' }) : callback(new Error('Invalid login')),
    onRcptTo: ({ address }, _session, callback) => {
      const code = answers.refuse?.[address];
      callback(code === undefined ? null : refusal(code, 'no such mailbox'));
    },
    onData: (stream, session, callback) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({
          from,
          to: rcptTo.map(({ address }) => address),
          user: session.user,
          secure: session.secure,
          text,
        });
        if (answers.data !== 0)
          callback(answers.data === undefined ? null : refusal(answers.data, 'content Doe^Jane refused'));
      });
    },
    ...options,
  });
  // A client that does not believe the certificate goes away.
  server.on('error', () => undefined);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.server.address() as AddressInfo).port;
};

const secrets = new Secrets({ environment: { SMTP_PASSWORD: 'hush', WRONG: 'loud' }, vault: undefined });
const message: EmailMessage = {
  id: 'c0ffee00c0ffee00c0ff',
  mayRepeat: false,
  subject: 'Rule: ERROR',
  body: 'archive: given up\nfor good',
  bodyType: 'plain',
};
const goesOn = new AbortController().signal;
const send = (port: number, channel: object = {}, more: Partial<EmailMessage> = {}, signal = goesOn) =>
  sendEmail(
    EmailChannel.parse({
      ...{ kind: 'email', name: 'physicist', host: '127.0.0.1', port, caFile: authority.path, timeoutSeconds: 20 },
      ...{ from: 'waystation@hospital.example', to: ['physics@hospital.example'], ...channel },
    }),
    { ...message, ...more },
    secrets,
    signal,
  );

describe('an e-mail', () => {
  it('is sent over STARTTLS, with user and password, and an id that stays the same', async () => {
    const port = await mailServer({ authOptional: false });
    const outcome = await send(port, { user: 'waystation', password: { environment: 'SMTP_PASSWORD' } });
    expect(outcome).toEqual({ receipt: expect.stringMatching(/^250 /) as string });
    expect(mails).toMatchObject([
      { from: 'waystation@hospital.example', to: ['physics@hospital.example'], user: 'waystation', secure: true },
    ]);
    const text = mails[0]?.text ?? '';
    for (const line of [
      'Message-ID: <c0ffee00c0ffee00c0ff@hospital.example>',
      'Subject: Rule: ERROR',
      'Auto-Submitted: auto-generated',
      'X-Waystation-Notification: c0ffee00c0ffee00c0ff',
      'Content-Type: text/plain',
      'archive: given up\r\nfor good',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('X-Waystation-May-Repeat');
  });

  it('is sent over TLS from the first byte, to a host by its name', async () => {
    const port = await mailServer({ secure: true });
    expect(await send(port, { tls: 'implicit', host: 'localhost' })).toHaveProperty('receipt');
    expect(mails).toMatchObject([{ secure: true }]);
  });

  it('is sent as plain text where that is what the channel says', async () => {
    const port = await mailServer();
    expect(await send(port, { tls: 'none' })).toHaveProperty('receipt');
    expect(mails).toMatchObject([{ secure: false }]);
  });

  it('says where it may have come before, and can be HTML', async () => {
    const port = await mailServer();
    await send(port, {}, { mayRepeat: true, body: '<b>given up</b>', bodyType: 'html' });
    expect(mails[0]?.text).toContain('X-Waystation-May-Repeat: true');
    expect(mails[0]?.text).toContain('Content-Type: text/html');
  });

  it('takes no header out of its subject', async () => {
    const port = await mailServer();
    await send(port, {}, { subject: 'Rule\r\nBcc: everybody@hospital.example\r\n\r\nhello' });
    expect(mails[0]?.to).toEqual(['physics@hospital.example']);
    expect(mails[0]?.text).toContain('Subject: Rule Bcc: everybody@hospital.example hello');
  });

  it('is sent to those whom the server takes, and says that it did not take others', async () => {
    const port = await mailServer({}, { refuse: { 'gone@hospital.example': 550 } });
    const outcome = await send(port, { to: ['physics@hospital.example', 'gone@hospital.example'] });
    expect(outcome).toEqual({ receipt: expect.stringMatching(/^250 .*; refused for 1 of 2$/) as string });
    expect(mails).toHaveLength(1);
  });
});

describe('a failure', () => {
  it('is a server without STARTTLS: nothing is sent as plain text instead', async () => {
    const port = await mailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    expect(await send(port)).toMatchObject({ retryable: expect.any(Boolean) as boolean, uncertain: false });
    expect(mails).toEqual([]);
  });

  it('is a certificate of another authority', async () => {
    const port = await mailServer();
    const outcome = await send(port, { caFile: undefined });
    expect(outcome).toMatchObject({ code: expect.stringMatching(/^email\.e/) as string, retryable: true });
    expect(mails).toEqual([]);
  });

  it('is a password that the server refuses; it may be put right', async () => {
    const port = await mailServer({ authOptional: false });
    const outcome = await send(port, { user: 'waystation', password: { environment: 'WRONG' } });
    expect(outcome).toMatchObject({ code: 'email.smtp-535', retryable: true, uncertain: false });
    expect(JSON.stringify(outcome)).not.toContain('loud');
  });

  it.each([
    [550, false],
    [450, true],
  ])('is a reply of %d to the only recipient, retried: %s', async (code, retryable) => {
    const port = await mailServer({}, { refuse: { 'physics@hospital.example': code } });
    expect(await send(port)).toMatchObject({ code: `email.smtp-${code}`, retryable, uncertain: false });
  });

  it.each([
    [554, false],
    [451, true],
  ])('is a reply of %d to the message, retried: %s', async (data, retryable) => {
    const port = await mailServer({}, { data });
    const outcome = await send(port);
    expect(outcome).toMatchObject({ code: `email.smtp-${data}`, retryable, uncertain: false });
    expect(JSON.stringify(outcome)).toContain('Doe^Jane');
  });

  it('does not repeat what a server says of a message that names a patient', async () => {
    const port = await mailServer({}, { data: 554 });
    const outcome = await send(port, { identity: true });
    expect(outcome).toMatchObject({ reason: 'the mail server answered 554 to DATA' });
  });

  it('is no reply in time; the message may have arrived', async () => {
    const port = await mailServer({}, { data: 0 });
    const sending = send(port, { timeoutSeconds: 2 });
    expect(await sending).toMatchObject({
      code: expect.stringMatching(/timeout|etimedout/) as string,
      uncertain: true,
    });
    expect(mails).toHaveLength(1);
  });

  it('is nobody there; nothing arrived', async () => {
    expect(await send(1)).toMatchObject({ retryable: true, uncertain: false });
  });

  it('is an address that no mail server of a hospital has', async () => {
    await expect(send(25, { host: '169.254.169.254' })).rejects.toMatchObject({ code: 'webhook.forbidden-address' });
  });

  it('is a password that is nowhere', async () => {
    const channel = { user: 'waystation', password: { environment: 'NOWHERE' } };
    await expect(send(25, channel)).rejects.toMatchObject({ code: 'secret.unavailable' });
  });
});
