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
});
