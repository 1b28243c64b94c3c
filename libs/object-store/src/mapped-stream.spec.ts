import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CodedError, messageOf } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { mappedStream } from './mapped-stream.js';

const fault = (error: unknown): CodedError => new CodedError('test.fault', messageOf(error));

describe('mappedStream', () => {
  it('passes the bytes', async () => {
    expect((await buffer(mappedStream(Readable.from([Buffer.from('ab'), Buffer.from('c')]), fault))).toString()).toBe(
      'abc',
    );
  });

  it('turns an error of the source into ours', async () => {
    const source = new PassThrough();
    const mapped = mappedStream(source, fault);
    source.write('ab');
    source.destroy(new Error('cable'));
    await expect(buffer(mapped)).rejects.toMatchObject({ code: 'test.fault', message: 'cable' });
  });

  it('takes a source that closes before its end for an error', async () => {
    const source = new PassThrough();
    const mapped = mappedStream(source, fault);
    source.write('ab');
    source.destroy();
    await expect(buffer(mapped)).rejects.toMatchObject({ code: 'test.fault' });
  });

  it('closes the source when the reader gives up', async () => {
    const source = new PassThrough();
    mappedStream(source, fault).destroy();
    await once(source, 'close');
    expect(source.destroyed).toBe(true);
  });
});
