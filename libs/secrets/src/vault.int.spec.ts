import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secrets } from './secrets.js';

/** Answers as the documentation of Vault's HTTP API has them for engines of KV version 2. */
const documented: Readonly<Record<string, readonly [number, string]>> = {
  '/v1/secret/data/waystation': [
    200,
    '{"request_id":"0f0a8d4f","lease_id":"","renewable":false,"data":{"data":{"smtp-password":"hush","port":25},"metadata":{"created_time":"2026-01-22T02:24:06.945319214Z","deletion_time":"","destroyed":false,"version":2}},"wrap_info":null,"warnings":null,"auth":null}',
  ],
  '/v1/secret/data/deleted': [
    404,
    '{"data":{"data":null,"metadata":{"created_time":"2026-01-22T02:24:06Z","deletion_time":"2026-01-23T02:24:06Z","destroyed":false,"version":1}}}',
  ],
  '/v1/secret/data/nothing': [404, '{"errors":[]}'],
  '/v1/secret/data/sealed': [503, '{"errors":["Vault is sealed"]}'],
  '/v1/secret/waystation': [200, '{"data":{"smtp-password":"hush"},"lease_duration":2764800}'],
  '/v1/secret/data/broken': [200, '{"data":{"data":{"smtp-password":"hush"'],
  '/v1/secret/data/elsewhere': [307, ''],
};

let authority: TestAuthority;
let server: Server;
let folder: string;
let address: string;
const asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
beforeAll(async () => {
  authority = await TestAuthority.create();
  folder = await mkdtemp(join(tmpdir(), 'waystation-vault-'));
  await writeFile(join(folder, 'token'), 'hvs.token\n');
  const { certificate: cert, key } = await authority.issue('vault');
  server = createServer({ cert, key }, (request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    const known = request.headers['x-vault-token'] === 'hvs.token';
    const [status, body] = known
      ? (documented[request.url ?? ''] ?? [404, '{"errors":[]}'])
      : [403, '{"errors":["permission denied"]}'];
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await authority.remove();
  await rm(folder, { recursive: true });
});

const secretsOf = (changes: object = {}): Secrets => {
  const token = { file: join(folder, 'token') };
  const vault = { address, token, namespace: undefined, caFile: authority.path, ...changes };
  return new Secrets({ environment: {}, vault });
};

describe('a secret of Vault', () => {
  it('is a field of the newest version', async () => {
    expect(await secretsOf().of({ vault: 'secret/data/waystation#smtp-password' })).toBe('hush');
  });

  it('is asked for with the token and the namespace', async () => {
    const secrets = secretsOf({ address: `${address}/`, token: { text: 'hvs.token' }, namespace: 'radiology' });
    await secrets.of({ vault: 'secret/data/waystation#smtp-password' });
    expect(asked.at(-1)).toMatchObject({
      url: '/v1/secret/data/waystation',
      headers: { 'x-vault-token': 'hvs.token', 'x-vault-namespace': 'radiology', 'x-vault-request': 'true' },
    });
  });

  it.each([
    ['secret/data/waystation#absent', "Vault has no text 'absent' there"],
    ['secret/data/waystation#port', "Vault has no text 'port' there"],
    ['secret/data/waystation#constructor', "Vault has no text 'constructor' there"],
    ['secret/data/deleted#smtp-password', 'Vault has nothing there, or its newest version was deleted'],
    ['secret/data/nothing#smtp-password', 'Vault has nothing there, or its newest version was deleted'],
    ['secret/data/sealed#smtp-password', 'Vault is sealed or down'],
    ['secret/waystation#smtp-password', "the answer has no secret of KV version 2; is there a 'data/' in the path?"],
    ['secret/data/broken#smtp-password', 'the answer is no JSON'],
    ['secret/data/elsewhere#smtp-password', 'Vault answered 307'],
  ])('that is not there is named: %s', async (vault, sentence) => {
    const message = `the secret ${vault} of Vault cannot be read: ${sentence}`;
    await expect(secretsOf().of({ vault })).rejects.toMatchObject({ code: 'secret.unavailable', message });
  });

  it.each([
    ['another token', { token: { text: 'hvs.wrong' } }, 'Vault refused the token, or the token may not read there'],
    ['nobody there', { address: 'https://127.0.0.1:1' }, 'Vault does not answer: connect ECONNREFUSED 127.0.0.1:1'],
    ['another authority', { caFile: undefined }, 'Vault does not answer: '],
    ['a token file that is gone', { token: { file: '/nowhere/token' } }, 'ENOENT'],
  ])('is not had with %s, and the sentence says nothing of any secret', async (_what, changes, sentence) => {
    const failure = await secretsOf(changes)
      .of({ vault: 'secret/data/waystation#smtp-password' })
      .catch((error: unknown) => String(error));
    expect(failure).toContain(sentence);
    expect(failure).not.toContain('hvs.');
    expect(failure).not.toContain('hush');
  });
});
