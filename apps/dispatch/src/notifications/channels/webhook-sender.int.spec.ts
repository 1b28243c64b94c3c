import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebhookChannel } from '@waystation/events';
import { Secrets } from '@waystation/secrets';
import { TestAuthority } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendWebhook, type WebhookMessage } from './webhook-sender.js';

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly body: string;
}
const requests: Request[] = [];
let respond: RequestListener;
const listener: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    requests.push({ headers: request.headers, method: request.method, path: request.url, body });
    respond(request, response);
  });
};
const plain = createServer(listener);
let secure: ReturnType<typeof createTlsServer>;
let authority: TestAuthority;
const urlOf = (server: { address(): unknown }, scheme = 'http') =>
  `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/hook?room=7`;
beforeAll(async () => {
  authority = await TestAuthority.create();
  const { certificate: cert, key } = await authority.issue('chat');
  secure = createTlsServer({ cert, key }, listener);
  await Promise.all([plain, secure].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
});
beforeEach(() => {
  requests.length = 0;
  respond = (_request, response) => response.writeHead(204).end();
});
afterAll(async () => {
  for (const server of [plain, secure]) {
    server.closeAllConnections();
    server.close();
  }
  await authority.remove();
});

const secrets = new Secrets({ environment: { CHAT_TOKEN: 'hush' }, vault: undefined });
const message: WebhookMessage = { id: 'c0ffee00c0ffee00c0ff', attempt: 2, mayRepeat: false, body: '{"text": "ä"}' };
const goesOn = new AbortController().signal;
const send = (channel: object = {}, more: Partial<WebhookMessage> = {}, signal = goesOn) =>
  sendWebhook(
    WebhookChannel.parse({ kind: 'webhook', name: 'chat', url: urlOf(plain), ...channel }),
    { ...message, ...more },
    secrets,
    signal,
  );
const answering = (status: number, body = '', headers: Record<string, string> = {}) => {
  respond = (_request, response) => response.writeHead(status, headers).end(body);
};

describe('a webhook', () => {
  it('is a POST of what is to be told, with an id that stays the same', async () => {
    expect(await send()).toEqual({ receipt: 'HTTP 204' });
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/hook?room=7',
        body: '{"text": "ä"}',
        headers: {
          'content-type': 'application/json',
          'content-length': '14',
          'idempotency-key': 'c0ffee00c0ffee00c0ff',
          'waystation-attempt': '2',
        },
      },
    ]);
    expect(Object.keys(requests[0]?.headers ?? {})).not.toContain('waystation-may-repeat');
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  it('says where it may have come before', async () => {
    await send({}, { mayRepeat: true });
    expect(requests[0]?.headers['waystation-may-repeat']).toBe('true');
  });

  it('has the headers and the token of its channel, but for those of the connection', async () => {
    const headers = { 'X-Room': '7', Host: 'elsewhere', 'Content-Length': '1', Authorization: 'Basic x' };
    await send({ headers, contentType: 'text/plain', bearerToken: { environment: 'CHAT_TOKEN' } });
    expect(requests[0]?.headers).toMatchObject({
      'x-room': '7',
      'content-length': '14',
      'content-type': 'text/plain',
      authorization: 'Bearer hush',
    });
    expect(requests[0]?.headers.host).not.toBe('elsewhere');
  });

  it.each([200, 201, 202, 204, 299])('is received with any 2xx: %d', async (status) => {
    answering(status);
    expect(await send()).toEqual({ receipt: `HTTP ${status}` });
  });

  it('is believed to arrive at the endpoint with a certificate of its authority, and at no other', async () => {
    const url = urlOf(secure, 'https');
    expect(await send({ url, caFile: authority.path })).toEqual({ receipt: 'HTTP 204' });
    expect(await send({ url })).toMatchObject({
      code: 'webhook.unable-to-verify-leaf-signature',
      retryable: true,
      uncertain: false,
    });
    expect(requests).toHaveLength(1);
  });
});

describe('a failure', () => {
  it.each([
    [400, false, false],
    [422, false, false],
    [404, true, false],
    [401, true, false],
    [307, true, false],
    [408, true, true],
    [429, true, false],
    [500, true, false],
    [502, true, true],
    [503, true, false],
    [504, true, true],
  ])('of %d is retried: %s, and leaves doubt: %s', async (status, retryable, uncertain) => {
    answering(status);
    expect(await send()).toMatchObject({ code: `webhook.http-${status}`, retryable, uncertain, by: 'channel' });
  });

  it('waits for as long as the endpoint asks', async () => {
    answering(429, '', { 'retry-after': '7' });
    expect(await send()).toMatchObject({ retryAfterMs: 7000 });
  });

  it('quotes the beginning of the answer on one line, without the token', async () => {
    answering(400, `no such room;\r\n token hush is not known ${'x'.repeat(500)}`);
    const outcome = await send({ bearerToken: { environment: 'CHAT_TOKEN' } });
    expect(outcome).toMatchObject({
      reason: expect.stringMatching(
        /^the endpoint answered 400: no such room; token \*\*\* is not known x{100,200}$/,
      ) as string,
    });
  });

  it('quotes nothing where the message names a patient', async () => {
    answering(400, 'no room for Doe^Jane');
    expect(await send({ identity: true })).toMatchObject({ reason: 'the endpoint answered 400' });
  });

  it('is no answer in time; the message may have arrived', async () => {
    respond = () => undefined;
    expect(await send({ timeoutSeconds: 0.1 })).toMatchObject({
      code: 'webhook.timeout',
      reason: 'no answer within 0.1 s',
      uncertain: true,
    });
  });

  it('is a connection that breaks behind the message; it may have arrived', async () => {
    respond = (request) => request.socket.destroy();
    expect(await send()).toMatchObject({ code: 'webhook.econnreset', uncertain: true });
  });

  it.each([
    ['http://127.0.0.1:1/', 'webhook.econnrefused'],
    ['http://169.254.169.254/latest/meta-data', 'webhook.forbidden-address'],
    ['http://nowhere.invalid/', 'webhook.enotfound'],
  ])('is nobody to tell at %s; nothing arrived', async (url, code) => {
    const outcome = await send({ url });
    expect(outcome).toMatchObject({ retryable: true, uncertain: false });
    // Where no resolver can be reached, a name is looked up in vain as well.
    expect((outcome as { code: string }).code).toMatch(code === 'webhook.enotfound' ? /enotfound|eai-again/ : code);
  });

  it('is a secret that is not there', async () => {
    await expect(send({ bearerToken: { environment: 'NOWHERE' } })).rejects.toMatchObject({
      code: 'secret.unavailable',
    });
    expect(requests).toEqual([]);
  });
});
