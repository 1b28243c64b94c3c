import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../object-store.js';
import { openObjectStore } from '../open-object-store.js';

const servers: Server[] = [];
const stores: ObjectStore[] = [];

/** What no real server does on request: an HTTP server whose bucket exists and that answers all else as the test says. */
const storeAnsweredBy = async (answer: RequestListener): Promise<ObjectStore> => {
  const server = createServer((request, response) => {
    const ofBucket = (request.url ?? '').split('?', 1)[0] === '/images';
    if (ofBucket) response.writeHead(request.method === 'HEAD' ? 200 : 404).end();
    else answer(request, response);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const store = await openObjectStore(`s3://key:hidden@127.0.0.1:${port}/images?tls=false&timeout=1`, {});
  stores.push(store);
  return store;
};

const xml = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`;

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('an S3 server that fails', () => {
  it.each([
    [403, 'QuotaExceeded'],
    [400, 'XMinioAdminBucketQuotaExceeded'],
    [507, 'XMinioStorageFull'],
    [507, 'Whatever'],
  ])('is full when it answers a PUT with %i %s', async (status, code) => {
    const store = await storeAnsweredBy((request, response) =>
      request.method === 'HEAD' ? response.writeHead(404).end() : response.writeHead(status).end(xml(code)),
    );
    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'object-store.full' });
  });

  it.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchBucket'],
    [500, 'InternalError'],
    [503, 'SlowDown'],
    [501, 'NotImplemented'],
  ])('is unavailable when it answers with %i %s', async (status, code) => {
    const store = await storeAnsweredBy((request, response) =>
      request.method === 'HEAD' ? response.writeHead(404).end() : response.writeHead(status).end(xml(code)),
    );
    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'object-store.unavailable' });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'object-store.unavailable' });
  });

  it('is asked again when it was only busy', async () => {
    let requests = 0;
    const store = await storeAnsweredBy((_request, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(503).end(xml('SlowDown'));
      else if (requests === 2) response.destroy();
      else response.writeHead(200, { 'content-length': 3 }).end('abc');
    });
    expect((await buffer(await store.get('a'))).toString()).toBe('abc');
    expect(requests).toBe(3);
  });

  it('is unavailable when it never answers', async () => {
    const store = await storeAnsweredBy(() => undefined);
    await expect(store.stat('a')).rejects.toMatchObject({ code: 'object-store.unavailable' });
  });

  it('is unavailable when it goes silent or hangs up in the middle of an object', async () => {
    const store = await storeAnsweredBy((request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('abc', () => {
        if (request.url?.endsWith('reset')) response.destroy();
      });
    });
    for (const key of ['silent', 'reset']) {
      const content = await store.get(key);
      await expect(buffer(content)).rejects.toMatchObject({ code: 'object-store.unavailable' });
    }
  });

  it('waits for a reader that is slower than the timeout', async () => {
    const size = 8 * 1024 * 1024;
    const store = await storeAnsweredBy((_request, response) => {
      response.writeHead(200, { 'content-length': size }).end(Buffer.alloc(size));
    });
    const content = await store.get('a');
    let read = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (read === 0) await new Promise((resolve) => setTimeout(resolve, 2500));
      read += chunk.length;
    }
    expect(read).toBe(size);
  });

  it('is unavailable rather than believed when it answers a range with the whole', async () => {
    const store = await storeAnsweredBy((_request, response) => response.writeHead(200).end('abcdef'));
    await expect(store.get('a', { offset: 2, length: 1 })).rejects.toMatchObject({ code: 'object-store.unavailable' });
  });

  it('makes its bucket when it is there at last', async () => {
    const server = createServer((request, response) => {
      const exists = request.method !== 'HEAD' || made;
      made ||= request.method === 'PUT';
      response.writeHead(exists ? 200 : 404, { 'content-length': 3 }).end();
    });
    let made = false;
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const store = await openObjectStore(`s3://a:b@127.0.0.1:${port}/images?tls=false`, {}, () => undefined);
    stores.push(store);
    await expect(store.stat('a')).rejects.toMatchObject({ code: 'object-store.unavailable' });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    expect(await store.stat('a')).toEqual({ size: 3 });
    expect(made).toBe(true);
  });

  it('does not get its secret into an error', async () => {
    const store = await storeAnsweredBy((_request, response) =>
      response.writeHead(403).end(xml('SignatureDoesNotMatch')),
    );
    const error: unknown = await store.get('a').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'object-store.unavailable' });
    expect(String(error)).toContain('SignatureDoesNotMatch');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hidden');
  });
});
