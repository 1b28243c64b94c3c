import { describe, expect, it } from 'vitest';
import { openObjectStore } from './open-object-store.js';

describe('openObjectStore', () => {
  it.each(['', 'http://host/bucket', 'file:relative', 'file://host/folder', '/folder', 'file:///'])(
    'refuses %j as URL',
    async (url) => {
      await expect(openObjectStore(url, {})).rejects.toMatchObject({ code: 'object-store.invalid-url' });
    },
  );

  it('says that nobody listens, and no secret', async () => {
    const opening = openObjectStore('s3://access:very%2Fsecret@127.0.0.1:1/bucket?tls=false', {});
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'object-store.unavailable' });
    expect(String(error)).toContain('s3://127.0.0.1:1/bucket');
    expect(String(error)).not.toMatch(/very|access:/);
  });

  it('opens all the same where somebody wants to be told instead, who is refused what he asks for', async () => {
    const told: unknown[] = [];
    const store = await openObjectStore('s3://a:b@127.0.0.1:1/bucket?tls=false', {}, (error) => told.push(error));
    expect(told).toEqual([expect.objectContaining({ code: 'object-store.unavailable' })]);
    await expect(store.stat('a')).rejects.toMatchObject({ code: 'object-store.unavailable' });
    await store.close();
  });

  it('does not open where it is not the server that is wrong', async () => {
    await expect(openObjectStore('s3://bucket', {}, () => undefined)).rejects.toMatchObject({
      code: 'object-store.invalid-url',
    });
  });
});
